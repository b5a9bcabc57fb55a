/** How far a parcel is, and what to say of it first. Pure. */

export const STEPS = ["packed", "shipped", "out_for_delivery", "delivered"];

/** The step the parcel is at. One that is late, lost or sent back is where the carrier last saw it. */
export function reached({ status, events = [] }) {
  const own = STEPS.indexOf(status);
  if (own >= 0) return own;
  const seen = Math.max(...events.map((event) => STEPS.indexOf(event.status)), STEPS.indexOf("shipped"));
  return Math.min(seen, STEPS.indexOf("out_for_delivery"));
}

/** A day that has passed is no promise: then only say where it is. @returns {{key: string, date: string|null}} */
export function headline({ status, expected_on: expected, delivered_on: delivered }, isPast) {
  const key = `parcel_headline.${status}`;
  if (status === "delivered") return delivered ? { key: `${key}_on`, date: delivered } : { key, date: null };
  const coming = ["shipped", "out_for_delivery", "delayed"].includes(status) && expected && !isPast(expected);
  return coming ? { key: `${key}_expected`, date: expected } : { key, date: null };
}
