/**
 * How each kind of garment is drawn, on a square of 200. A shape is [paint, path]; the paints are `main` (its colour),
 * `deep` and `pale` (darker and lighter), `sole` (off-white), and `seam` and `strap` (lines).
 */

const LONG_SLEEVES =
  "M72 36 44 52C36 70 28 110 24 150l22 6 14-60v72h80V96l14 60 22-6c-4-40-12-80-20-98l-28-16c-8 14-48 14-56 0z";
const SHORT_SLEEVES = "M70 40 40 58 24 92l26 12 8-14v76h84V90l8 14 26-12-16-34-30-18c-8 14-52 14-60 0z";
const LEGS = "M64 28h72l10 148h-34L100 76 88 176H54z";

const TSHIRT = [
  ["main", SHORT_SLEEVES],
  ["seam", "M70 40c8 14 52 14 60 0M58 90V78M142 90V78M58 158h84"],
];

const SHIRT = [
  ["main", LONG_SLEEVES],
  ["pale", "M72 36 86 66l14-12zM128 36l-14 30-14-12z"],
  ["seam", "M100 54v114M106 78v.1M106 100v.1M106 122v.1M106 144v.1M60 96V80M140 96V80"],
];

const SWEATER = [
  ["main", LONG_SLEEVES],
  [
    "deep",
    "M60 156h80v12H60zM24 142l24 6-2 8-22-6zM176 142l-24 6 2 8 22-6zM72 36c8 14 48 14 56 0l6 4c-10 20-58 20-68 0z",
  ],
  ["seam", "M60 96V80M140 96V80M76 84h48M76 96h48"],
];

const HOODIE = [
  ["deep", "M70 40c-4-32 64-32 60 0-8 20-52 20-60 0z"],
  ["main", LONG_SLEEVES],
  ["deep", "M78 118h44l10 32H68zM60 160h80v8H60z"],
  ["seam", "M92 50v26M108 50v26M60 96V80M140 96V80"],
];

const JACKET = [
  ["main", LONG_SLEEVES],
  ["deep", "M72 36l14 32 14-16 14 16 14-32-10-4H82zM60 158h80v10H60z"],
  ["pale", "M70 116h22v4H70zM108 116h22v4h-22z"],
  ["seam", "M100 52v116M60 96V80M140 96V80"],
];

const COAT = [
  [
    "main",
    "M72 26 46 40c-8 18-14 58-18 98l20 6 12-52-6 94h92l-6-94 12 52 20-6c-4-40-10-80-18-98l-26-14c-8 12-48 12-56 0z",
  ],
  ["deep", "M72 26 84 74l16-26 16 26 12-48-12-4H84z"],
  ["pale", "M58 106h84v9H58z"],
  ["seam", "M100 48v138M88 132v.1M112 132v.1M88 152v.1M112 152v.1"],
];

const DRESS = [
  ["main", "M78 26h7c2 22 28 22 30 0h7c2 24 6 36 12 48l-8 24 32 80c-30 9-86 9-116 0l32-80-8-24c6-12 10-24 12-48z"],
  ["deep", "M74 94h52l2 8H72z"],
  ["seam", "M88 104 74 180M112 104l14 76M100 104v80"],
];

const SKIRT = [
  ["main", "M70 44h60l28 116c-28 11-88 11-116 0z"],
  ["deep", "M69 40h62l2 12H67z"],
  ["seam", "M86 54 70 166M114 54l16 112M100 54v114"],
];

const TROUSERS = [
  ["main", LEGS],
  ["deep", "M64 28h72l1 11H63z"],
  ["seam", "M100 40v36M80 60l-6 112M120 60l6 112"],
];

const JEANS = [
  ["main", LEGS],
  ["deep", "M64 28h72l1 11H63zM54 168h35l-1 8H54zM112 176l-1-8h35v8z"],
  ["seam", "M100 40v36M64 62c12 0 20-8 21-22M136 62c-12 0-20-8-21-22"],
];

const SHORTS = [
  ["main", "M60 50h80l14 92h-46l-8-44-8 44H46z"],
  ["deep", "M60 50h80l2 12H58z"],
  ["seam", "M100 62v36M48 132h45M107 132h45"],
];

const SNEAKERS = [
  ["main", "M26 132l4-42c18 4 30-2 36-12l28 28c20 12 56 8 78 22 6 4 6 12 4 16H28z"],
  ["deep", "M26 132l3-30c10 4 22 12 28 30z"],
  ["sole", "M26 138h152v10c0 6-5 10-12 10H38c-8 0-12-5-12-12z"],
  ["seam", "M74 100l12-8M84 110l12-8M96 117l10-8"],
];

const BOOTS = [
  ["main", "M62 36h46v70c12 10 40 8 54 22 7 8 6 22 6 22H60z"],
  ["deep", "M58 148h112v10c0 4-3 6-6 6H62c-3 0-5-2-5-5z"],
  ["seam", "M62 48h46M92 84h16M92 98h18"],
];

const HAT = [
  ["pale", "M100 30a15 15 0 1 0 .1 0z"],
  ["main", "M46 124c0-56 26-78 54-78s54 22 54 78z"],
  ["deep", "M44 118h112c5 0 8 3 8 8v18c0 5-3 8-8 8H44c-5 0-8-3-8-8v-18c0-5 3-8 8-8z"],
  ["seam", "M76 118c0-34 6-54 14-66M124 118c0-34-6-54-14-66"],
];

const SCARF = [
  ["deep", "M96 72l32 4 14 88-30 6z"],
  ["main", "M60 36c20 20 60 20 80 0l12 22c-22 22-40 26-48 26l6 84-34 4-2-88c-10-4-20-12-26-26z"],
  ["seam", "M78 160l32-4M77 148l32-4M84 172v8M94 171v8M104 170v8"],
];

const BAG = [
  ["strap", "M70 84c0-52 60-52 60 0"],
  ["main", "M46 80h108l10 82c0 6-3 10-10 10H46c-7 0-10-4-10-10z"],
  ["deep", "M46 80h108l2 14H44z"],
  ["seam", "M70 84v22M130 84v22"],
];

const BACKPACK = [
  ["strap", "M84 44c0-22 32-22 32 0"],
  ["main", "M54 84c0-56 92-56 92 0v76c0 8-4 12-12 12H66c-8 0-12-4-12-12z"],
  ["deep", "M66 116h68v40c0 5-3 8-8 8H74c-5 0-8-3-8-8z"],
  ["seam", "M66 128h68M54 92c26 10 66 10 92 0"],
];

const SOCKS = [
  ["main", "M70 28h36v82c0 12 38 18 38 42 0 18-24 22-42 12l-26-20c-6-6-6-14-6-22z"],
  ["deep", "M70 28h36v16H70z"],
  ["pale", "M144 150c1 20-24 24-42 14 10-14 26-20 42-14z"],
  ["seam", "M70 60h36M70 70h36"],
];

const HANGER = [
  ["strap", "M100 62c0-8 12-8 12-18 0-16-24-16-24-2M100 62v12L36 122c-6 4-3 12 4 12h120c7 0 10-8 4-12L100 74"],
  ["main", "M84 134h32v38l-16 10-16-10z"],
  ["pale", "M100 142a4 4 0 1 0 .1 0z"],
];

/** The first that matches what the shop calls the product. */
const KINDS = [
  [/t-?shirt|\btee\b|\btop\b|polo/, TSHIRT],
  [/hoodie|sweatshirt/, HOODIE],
  [/sweater|jumper|cardigan|knit|pullover|fleece/, SWEATER],
  [/coat|parka|trench/, COAT],
  [/jacket|blazer|vest|gilet/, JACKET],
  [/shirt|blouse|pyjama|pajama/, SHIRT],
  [/dress|gown|jumpsuit/, DRESS],
  [/skirt/, SKIRT],
  [/jean|denim/, JEANS],
  [/shorts|swim|trunk/, SHORTS],
  [/trouser|pants|chino|legging|jogger/, TROUSERS],
  [/boot/, BOOTS],
  [/shoe|sneaker|trainer|runner|loafer|sandal/, SNEAKERS],
  [/hat|beanie|cap\b/, HAT],
  [/scarf|shawl/, SCARF],
  [/backpack|rucksack|\bpack\b/, BACKPACK],
  [/bag|tote/, BAG],
  [/sock|tights/, SOCKS],
];

/** Those that look right on a clothes rail. */
export const HANGING = new Set([TSHIRT, SHIRT, SWEATER, HOODIE, JACKET, COAT, DRESS]);

/** @returns {[string, string][]} the shapes, back to front */
export function garment(category, name) {
  const match = (words) => KINDS.find(([pattern]) => pattern.test((words ?? "").toLowerCase()))?.[1];
  return match(name) ?? match(category) ?? HANGER;
}
