/** Choosing items and how many of each. Pure. */

/** @typedef {import("./types.js").Values} Values */

/** @typedef {{id: string, name: string, max: number, refusal: string|null}} Item */

/** @param {Item} item */
export function canPick(item) {
  return !item.refusal && item.max > 0;
}

/** @param {Values} values @param {Item} item @param {number} quantity 0 takes it out @returns {Values} */
export function pick(values, item, quantity) {
  const { [item.id]: _, ...others } = values;
  const count = canPick(item) ? Math.min(quantity, item.max) : 0;
  return count > 0 ? { ...others, [item.id]: count } : others;
}

/** “2 × Linen shirt, 1 × Belt”, as the server has it in its transcript. @param {Item[]} items @param {Values} values */
export function inWords(items, values, { t, formats }) {
  const chosen = items.filter((item) => values[item.id]);
  return formats.enumeration(chosen.map(({ id, name }) => t("order.quantity", { count: values[id], name })));
}
