"""The words that streets, flats, towns and postcodes are written with, in many countries, as parts of patterns."""

from __future__ import annotations

STRONG_SUFFIXES = (
    "street|str|st|road|rd|avenue|ave?|lane|ln|drive|drv?|court|crt|ct|boulevard|blvd|terrace|terr?|place|pl|square|"
    "sq|crescent|cres|close|"
    "gardens|gdns|approach|meander|alleyway|tollway|grove|highway|hwy|parkway|pkwy|circle|cir|mews|parade|pde|"
    "esplanade|trail|trl|turnpike|tpke|expressway|freeway|fwy|"
    "causeway|alley|way|nagar|marg|chowk|ganj|path|row|walk"
)
WEAK_SUFFIXES = (
    "annex|arcade|bayou|beach|bend|bluffs?|bottom|branch|bridge|brooks?|burgs?|bypass|camp|canyon|cape|centers?|"
    "centre|cliffs?|club|common|"
    "corners?|course|coves?|creek|crest|crossing|crossroad|curve|dale|dam|divide|estates?|extensions?|falls?|ferry|"
    "fields?|flats?|fords?|"
    "forest|forges?|forks?|fort|garden|gateway|glens?|greens?|groves|harbors?|harbours?|haven|heights|hills?|hollow|"
    "inlet|islands?|isle|"
    "junctions?|keys?|knolls?|lakes?|land|landing|lights?|loaf|locks?|lodge|loop|mall|manors?|meadows?|mills?|"
    "mission|motorway|mount|"
    "mountains?|neck|orchard|oval|overpass|park|parks|parkways|pass|passage|pike|pines?|plains?|plaza|points?|ports?|"
    "prairie|radial|ramp|"
    "ranch|rapids?|rest|ridges?|rise|river|roads|route|rue|run|shoals?|shores?|skyway|springs?|spurs?|squares|"
    "station|stravenue|stream|"
    "streets|summit|throughway|trace|track|trafficway|tunnel|underpass|unions?|valleys?|via|viaduct|views?|villages?|"
    "ville|vista|walks|wall|"
    "ways|wells?|quay|wharf|yard|gate|vale|warren|wynd|strip|promenade|nook|cottages|court house|end|drove|sector|"
    "phase|colony|retreat|brow|foreshore|outlook|elbow|brace|concourse|cutting|grange|interchange|laneway|rotary|"
    "siding|sound|tor|triangle|entrance|copse|gully|edge|dell|residency|residence|towers|bhavan|villas|layout|"
    "enclave|"
    "circle|zila|gunj|society|apartments"
)
PREFIXES = (
    r"rue|av(?:enue|\.)?|ave\.?|boulevard|bd\.?|boul\.?|chemin|ch\.|impasse|allée|place|quai|route|cours|sentier|"
    r"ruelle|faubourg|"
    r"calle|c\.|c/|cl\.?|carrera|cra\.?|kra|avda\.?|avenida|paseo|p[ºo]\.?|plaza|pza\.?|plza\.?|ronda|camino|carrer|"
    r"carretera|ctra\.?|callejón|glorieta|"
    r"rambla|cuesta|cañada|pasaje|pasadizo|acceso|urbanización|vial|travesía|calzada|privada|prolongación|cerrada|"
    r"circuito|andador|boulevard|eje vial|"
    r"via|v\.le|viale|piazza|p\.za|corso|c\.so|vicolo|largo|strada|contrada|borgo|canale|incrocio|rotonda|stretto|"
    r"piazzale|salita|"
    r"rua|vereda|r\.|travessa|tv\.|praça|pç\.?|alameda|rodovia|estrada|largo|vila|quadra|beco|viela|esplanada|"
    r"chácara|conjunto|jardim|lagoa|ladeira|parque|recanto|"
    r"residencial|setor|sítio|trecho|trevo|vale|via|viaduto|passarela|núcleo|morro|loteamento|lago|fazenda|favela|"
    r"estação|distrito|condomínio|colônia|campo|área|aeroporto|"
    r"ulica|ul\.?|aleja|al\.|aleje|plac|pl\.|osiedle|os\.|rondo|"
    r"str\.|strada|bd\.|bulevardul|b-dul|aleea|șoseaua|calea|intrarea|splaiul|soseaua|drumul|fundătura|pasajul|"
    r"periférico|diagonal|retorno|corredor|ampliación|continuación|peatonal|malecón|libramiento|viaducto|"
    r"jalan|jln?\.?|gang|gg\.|lorong|ул\.|улица|пр\.|проспект|пер\.|вул\.|бул\.|ulitsa|ul|odos|οδός|phố|đường|"
    r"blok|(?-i:An der|Auf dem|Auf der|Zum|Zur|Unter den)|straße des|platz der"
)
COMPOUND_SUFFIXES = (
    "ská|cká|ovská|anska|inska|straße|strasse|straβe|str|weg|allee|gasse|platz|ring|damm|ufer|stieg|steig|markt|"
    "chaussee|promenade|graben|zeile|"
    "straat|laan|plein|gracht|kade|singel|dreef|steeg|pad|hof|dijk|plantsoen|boulevard|baan|lei|"
    "gatan|vägen|gränd|gränden|stigen|backen|torget|leden|allén|väg|gata|"
    "vej|gade|allé|alle|vænge|stræde|parken|toften|torv|vang|højen|engen|marken|bakken|haven|"
    "veien|vegen|vei|veg|gate|gaten|svingen|tunet|bakke|lia|åsen|stien|faret|kroken|løkka|"
    "katu|tie|polku|kuja|kaari|rinne|raitti|ranta|penger|"
    "ulica|ulice|náměstí|utca|tér|körút|sétány|"
    "sokak|sokağı|caddesi|bulvarı|mahallesi"
)
SEPARATE_SUFFIXES = (
    "straße|strasse|str\\.?|weg|allee|gasse|platz|ring|utca|utcája|út|útja|tér|tere|köz|körút|dűlő|sétány|sor|fasor|"
    "udvar|rakpart|"
    "sokak|sokağı|sok\\.?|sk\\.?|caddesi|cad\\.?|cd\\.?|bulvarı|blv\\.?|mahallesi|mah\\.?|yolu|"
    "straat|laan|plein|gatan|vägen|vej|gade|katu|tie|gata|veien|ulice|náměstí|třída|ulica"
)
UNIT = (
    r"(?:(?:apt|apartment|appt|app|suite|ste|unit|flat|fl|floor|room|rm|house|haus|block|blk|bl|bloc|bldg|building|"
    r"sc|et|ap|apto|appartamento|appartement|apartamento|departamento|edificio|edif|door|daire|kat|piso|"
    r"puerta|pta|esc|escalera|andar|bloco|lok|lokal|lgh|wohnung|whg|top|stiege|bus|bte|boîte|étage|etage|lot|level|"
    r"studio|no|nr|numer|num|int|interno|interior|piano|casa|torre|bodega|manzana|scala|depto|dpto|d|kv|кв|д|m|"
    r"byt|dış kapı no|iç kapı no|bj|plot|villa|tower|shop|ward|rt|rw|stock|og|"
    r"eg)\b[.:]* ?#? ?[\dA-Za-z](?:[\w/-]{0,4})(?![\w])"
    r"|# ?\d{1,5}[A-Za-z]?|\d{1,2} ?(?:[ºª°o]|st|nd|rd|th|er|e|ème|\.)(?: (?:floor|[A-Za-z]{1,4}|étage|piso|andar|"
    r"dcha|izq|izda|tv|th|mf|sal))?\.?(?![\w])"
    r"|(?:ground|first|second|third|top) floor|\d{1,3}[A-Za-z]?(?=[ ]*[,\n]))"
)
STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|"
    "PA|RI|SC|SD|TN|TX|UT|VT|"
    "VA|WA|WV|WI|WY|DC|PR|GU|VI|AS|MP|PW|FM|MH|AA|AE|AP|NSW|VIC|QLD|TAS|ACT|NT|SA|ON|QC|BC|AB|MB|SK|NS|NB|NL|PE|YT|NU"
)
STATE_NAMES = (
    "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|"
    "indiana|iowa|kansas|kentucky|"
    "louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|"
    "new hampshire|new jersey|new mexico|"
    "new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|south carolina|south dakota|"
    "tennessee|texas|utah|vermont|"
    "virginia|washington|west virginia|wisconsin|wyoming|new south wales|queensland|victoria|tasmania|"
    "western australia|south australia|ontario|"
    "quebec|british columbia|alberta|manitoba|saskatchewan|nova scotia"
)
COUNTRIES = (
    "usa|u\\.s\\.a\\.?|united states|uk|u\\.k\\.|united kingdom|england|scotland|wales|ireland|germany|deutschland|"
    "france|spain|españa|italy|italia|portugal|"
    "netherlands|nederland|belgium|austria|österreich|switzerland|schweiz|poland|polska|sweden|norway|denmark|"
    "finland|canada|australia|new zealand|india|"
    "brazil|brasil|mexico|méxico|turkey|türkiye|greece|hungary|romania|czech republic|japan|china|indonesia|"
    "south africa|nigeria"
)
UK_POSTCODE = r"(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})"
EIRCODE = (
    r"(?:[AC-FHKNPRTV-Y]\d[0-9W] ?(?=[A-Z]*\d)[0-9AC-FHKNPRTV-Y]{4}|"
    r"(?-i:[AC-FHKNPRTV-Y]\d[0-9W] ?[0-9AC-FHKNPRTV-Y]{4}))"
)
POSTCODE = (
    rf"(?:{UK_POSTCODE}|{EIRCODE}|[ABCEGHJ-NPRSTVXY]\d[A-Z] ?-?\d[A-Z]\d|\d{{4}} ?[A-Z]{{2}}(?![a-z])|"
    rf"(?:[A-Z]{{1,3}}-)?\d{{5}}(?:-\d{{3,4}})?|\d{{3}} \d{{2}}|\d{{2}}-\d{{3}}|\d{{4}}-\d{{3}}|"
    r"\d{2}\.\d{3}-\d{3}|〒? ?\d{3}-\d{4}|\d{3} \d{3}|\d{6}|(?:[A-Z]{1,2}-)?\d{4})"
)
