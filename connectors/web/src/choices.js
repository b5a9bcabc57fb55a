/** Answers to press, sorted for the eye. Pure. */

const BETWEEN = " · ";
const MANY = 7;

/**
 * Many choices of two parts, as “blue · M”, by their first part: `[["blue", [{choice, rest: "M"}]]]`.
 * Null where they are few, or where that brings none together.
 */
export function grouped(choices) {
  const groups = new Map();
  for (const choice of choices) {
    const [first, rest, more] = choice.title.split(BETWEEN);
    if (!rest || more) return null;
    groups.set(first, [...(groups.get(first) ?? []), { choice, rest }]);
  }
  return choices.length < MANY || groups.size > choices.length / 2 ? null : [...groups];
}
