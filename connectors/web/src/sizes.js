/** Measurements of a size table, in either unit. Pure. */

/** Centimetres in one. */
const CENTIMETRES = { cm: 1, in: 2.54 };

export const UNITS = Object.keys(CENTIMETRES);

/** “82–90”. @param {(string|number)[]|string|undefined} range one value or two; nothing when the chart doesn't say */
export function measured(range, from, to, { t, formats }) {
  const values = [range ?? []].flat().map((value) => formats.number((value * CENTIMETRES[from]) / CENTIMETRES[to]));
  if (values.length > 1 && values[0] !== values[1]) return t("size_table.range", { from: values[0], to: values[1] });
  return values[0] ?? "–";
}
