"""The words around a name: what stands before it, how sure each is, and how letters end."""

from __future__ import annotations

from enum import IntEnum

from shop.adapters.redaction.finding import words

_PERSON = (
    r"(?:husband|wife|partner|son|daughter|brother|sister|friend|neighbou?r|mum|mom|mother|dad|father|boyfriend|"
    r"girlfriend|colleague|flatmate|roommate|boss|fianc[ée]e?|cousin|aunt|uncle|grandma|grandmother|grandson|niece|"
    r"nephew|gf|bf|assistant|landlord|agent|kids?|children|sons|daughters|twins)"
)
_TITLE = words(
    r"\b(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam|frau|herr|fräulein|señora?|sra?|mme|monsieur|madame|signora?|"
    r"pan|pani|mevrouw|meneer)\b\.? ?"
)
_NAMED = words(
    r"\b(?:my (?:full |first |last |sur|family |real |middle |legal |maiden |husband's |wife's |son's |daughter's |"
    r"mum's |mom's )?name(?:'s| is| was|:)|names(?= \w+ \w+)|the name'?s(?: is)?|"
    r"name(?: on (?:the )?(?:order|card|account|parcel|package|label|it|invoice|passport))?"
    r"(?: is|'s| was| should be| would be| says| reads|:| =| -)|"
    r"(?:in|under|by|on) the name(?: of)?|name of|(?:sur|first ?|last ?|full ?|family ?|nick ?)name(?: is|'s|:| =)?|"
    r"named|call me|(?:i am|i'm|am|is|was|he's|she's) called|"
    r"(?:is|was) (?:addressed|made out|delivered|sent|shipped|given|handed) to|"
    r"(?:recipient|cardholder|account holder|customer|buyer|sender|contact(?: person)?|receiver|attention|attn|c/o)"
    r"(?: name)?(?: is|'s|:| was)? ?|signed (?:for )?by|accepted by|"
    r"ich heiße|ich heisse|mein name ist|je m'appelle|me llamo|mi nombre es|mi chiamo|nazywam się|ik heet)"
    r" ?[\"'(:]?(?: ?(?:is|now|to|just|actually|mr|mrs|ms|miss|dr)\b\.?)?[\"' ]*"
)
_RELATED = words(
    r"\b(?:dear|(?:spoke|talk|talked|spoken|chat|chatted|chatting|speak|speaking) (?:to|with)|ask(?:ed)?(?: for)?|"
    rf"(?:my|our|his|her|your) {_PERSON}(?: is)?|agent|advisor|colleague|courier|driver|postman|name|mr|it'?s me|"
    r"(?:ordered|placed|bought|paid|signed|made|answered|handled|served|opened|received|collected|"
    r"picked up) by)[ ,:]{1,2}"
)
_SAYING = words(
    r"(?:^|\b)(?:i'?m|i am|hi|hello|hey|hallo|hola|bonjour|good (?:morning|afternoon|evening)|moin|ciao|thanks|"
    r"thank you|thx|cheers|ich bin|"
    r"je suis|soy|sono|ik ben|jag är|jeg er|jestem|eu sou)[ ,:!]{1,2}"
)
_WEAK = words(
    r"(?:^|\b)(?:it'?s|it is|its|this is|here is|that's|thats|for|from|with|to|by|support|under|and|or|not|nor|neither|"
    r"could|can|will|did|does|has|is|told|gave|via|sure|yes|ok|add|put|,|:)[ ,:!]{1,2}"
)
SIGNED = words(
    r"(?:^|[\s.,!?])(?:signed|(?:(?:kind|best|warm|many)? ?(?:regards|wishes|greetings)(?: from)?)|"
    r"(?:thanks|thank you)(?: so much| very much| a lot| again| in advance)?|cheers|sincerely|"
    r"yours(?: sincerely| truly| faithfully)?|best|br|rgds|thx|ty|tnx|love|(?:viele|liebe|beste|"
    r"mit freundlichen) grüßen?|"
    r"lg|mfg|vg|saludos|cordialement|gracias|merci|danke|take care|ta|xx?|-{1,2}|~)[ ,.!\n-]{1,4}"
    r"(?P<name>[^\W\d_][^\d,!?@<>()\n]{1,40}?)[ .!x]{0,4}$"
)
HERE = words(
    r"(?:^|[.,!?] )(?:hi|hello|hey)? ?(?P<name>[^\W\d_][\w'-]*(?: [^\W\d_][\w'-]*)?) (?:here|speaking|on the line|"
    r"is my (?:last |first |full |sur|family )?name)\b"
    r"(?=[ .,!?]|$)"
)
GREETED = words(
    r"(?:^|[.!?,\n] ?)(?:hi|hello|hey|hiya|dear|hallo|hola|ciao|hej) (?P<name>[^\W\d_][\w'-]+)(?= ?(?:[,.!?:\n-]|$))"
)
LABELLED = words(
    r"\b(?:names?|recipient|customer|card ?holder|account holder|contact(?: person)?|attn|sender|buyer|surname|"
    r"first name|last name) ?[:=] ?(?P<name>[^\W\d_][\w'.-]*(?: [^\W\d_][\w'.-]*){0,3})(?= ?(?:[,;\n|/]|$))"
)
BRANDS = words(
    r"\b(?:calvin klein|ralph lauren|tommy (?:hilfiger|jeans)|michael kors|hugo boss|stan smith|chuck taylor|"
    r"jack wolfskin|dr\.? martens|doc martens|paul smith|kate spade|marc jacobs|marc o'?polo|tom tailor|tom ford|"
    r"jack (?:&|and) jones|levi'?s?|fred perry|ted baker|ben sherman|louis vuitton|jimmy choo|air (?:jordan|max)|"
    r"jordan \d+|"
    r"vivienne westwood|christian (?:dior|louboutin)|yves saint laurent|giorgio armani|stella mccartney|steve madden|"
    r"sam edelman|karl lagerfeld|helly hansen|james perse|tory burch|vera wang|victoria'?s secret|betty barclay|"
    r"gerry weber|s\.?oliver|franklin (?:&|and) marshall|harry potter|peter (?:pan|rabbit)|mary jane?s?|santa claus|"
    r"black friday|good friday|cyber monday|mother'?s day|father'?s day|valentine'?s(?: day)?|chelsea boots?|"
    r"(?:st\.?|saint) patrick'?s|oxford (?:shirts?|shoes?)|derby shoes?|johnny was|eileen fisher|juicy couture|"
    r"anne klein|laura ashley|cath kidston|joules|jack daniel'?s|north face|eddie bauer|"
    r"abercrombie(?: (?:&|and) fitch)?|american eagle|royal mail|max mara|miu miu|google pay|apple pay)\b"
)


class Sureness(IntEnum):
    """How much a cue says that a name follows."""

    WEAK = 0
    SAYING = 1
    RELATED = 2
    NAMED = 3
    TITLE = 4


CUES = {
    _NAMED: Sureness.NAMED,
    _TITLE: Sureness.TITLE,
    _RELATED: Sureness.RELATED,
    _SAYING: Sureness.SAYING,
    _WEAK: Sureness.WEAK,
}
