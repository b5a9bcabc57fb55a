/** Draws a product in its colour. */

import { garment, HANGING } from "./garments.js";

const SVG = "http://www.w3.org/2000/svg";
const GREY = "#9a958c";

const COLOURS = {
  black: "#34343a",
  white: "#f4f1ea",
  ivory: "#efe6d2",
  cream: "#efe4cb",
  ecru: "#e8dcc2",
  natural: "#e0d3b8",
  grey: "#9c9ea3",
  gray: "#9c9ea3",
  charcoal: "#4c4f57",
  silver: "#bfc3c9",
  stone: "#c2b8a6",
  sand: "#d9c49d",
  beige: "#d8c6a5",
  camel: "#c39a62",
  tan: "#c1925c",
  brown: "#7d5538",
  chocolate: "#5d3e2b",
  rust: "#b5562f",
  terracotta: "#c26a4a",
  red: "#b93a37",
  burgundy: "#74253a",
  wine: "#74253a",
  pink: "#e2a1ae",
  rose: "#d98d96",
  coral: "#e57f69",
  orange: "#dd813c",
  mustard: "#d1a02f",
  yellow: "#e6c350",
  olive: "#75784a",
  khaki: "#98905f",
  green: "#4b7d57",
  forest: "#2f5741",
  sage: "#9db19a",
  mint: "#add4be",
  teal: "#2f7a7c",
  turquoise: "#4fb0ac",
  blue: "#4671a8",
  "light blue": "#9dbddd",
  sky: "#9dc4e6",
  navy: "#2b3d63",
  indigo: "#3f4a85",
  denim: "#5a7ba4",
  purple: "#75528f",
  lilac: "#b9a3d1",
  lavender: "#b9a9d8",
  plum: "#65355c",
  gold: "#c5a049",
};

const HOOK = ["hook", "M100 0v46"];

/**
 * @param {{category: string, name: string, colour: string}} product
 * @param {boolean} [hung] on a hook from above
 * @returns {SVGElement}
 */
export function draw({ category, name, colour }, hung = false) {
  const svg = shape("svg", { viewBox: "0 0 200 200", "aria-hidden": "true", focusable: "false" });
  const paints = paintsOf(hexOf(colour));
  const shapes = [...(hung ? [HOOK] : []), ...garment(category, name)];
  svg.append(...shapes.map(([paint, d]) => shape("path", { d, ...paints[paint] })));
  return svg;
}

export function canHang({ category, name }) {
  return HANGING.has(garment(category, name));
}

/** “Dark navy” is navy; what we have no paint for is grey. */
function hexOf(colour) {
  const words = (colour ?? "").toLowerCase();
  return (
    COLOURS[words] ??
    COLOURS[
      words
        .split(/[\s/-]+/)
        .reverse()
        .find((word) => word in COLOURS)
    ] ??
    GREY
  );
}

function paintsOf(hex) {
  const line = { fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round" };
  return {
    main: { fill: hex, stroke: mix(hex, 0, 0.12), "stroke-width": 1.5 },
    deep: { fill: mix(hex, 0, 0.14) },
    pale: { fill: mix(hex, 255, 0.25) },
    sole: { fill: "#f3efe6", stroke: mix(hex, 0, 0.2), "stroke-width": 1.5 },
    seam: { ...line, stroke: mix(hex, isDark(hex) ? 255 : 0, 0.28), "stroke-width": 2 },
    hook: { ...line, stroke: GREY, "stroke-width": 3 },
    strap: { ...line, stroke: mix(hex, 0, 0.2), "stroke-width": 7 },
  };
}

function channels(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

/** Moves each channel towards `target` (0 for black, 255 for white). */
function mix(hex, target, share) {
  return `rgb(${channels(hex)
    .map((value) => Math.round(value + (target - value) * share))
    .join(" ")})`;
}

function isDark(hex) {
  const [red, green, blue] = channels(hex);
  return 0.3 * red + 0.59 * green + 0.11 * blue < 90;
}

function shape(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}
