/** Goods in words. Pure. */

/** What a code is called; a code that the words don't know stands for itself. */
export function named(group, code, { t, has }) {
  const key = `${group}.${code}`;
  return has(key) ? t(key) : code;
}

/** “2 × Linen shirt”, or just its name. */
export function piece({ name, quantity }, t) {
  return quantity > 1 ? t("order.quantity", { count: quantity, name }) : name;
}

/** “Size: M · Colour: blue”. An option may have several values. */
export function options(chosen, ui) {
  return Object.entries(chosen ?? {})
    .map(([key, value]) => [named("option_name", key, ui), [value].flat().join(", ")])
    .map(([name, value]) => ui.t("order.option", { name, value }))
    .join(" · ");
}
