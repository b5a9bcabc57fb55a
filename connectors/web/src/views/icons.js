/** Our own line drawings, 24 by 24, in the colour of the text around them. */

import { html } from "htm/preact";

function icon(paths) {
  return ({ size = 20 }) => html`
    <svg width=${size} height=${size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"
      stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
      ${paths.map((path) => html`<path d=${path} />`)}
    </svg>
  `;
}

export const ChatIcon = icon([
  "M4 11.5a7.5 7.5 0 0 1 7.5-7.5h1a7.5 7.5 0 0 1 0 15H6.2L4 21z",
  "M9 12.5c.8 1.2 1.8 1.8 3 1.8s2.2-.6 3-1.8",
]);
export const CloseIcon = icon(["M6 6l12 12", "M18 6L6 18"]);
export const SendIcon = icon(["M12 19V5", "M6 11l6-6 6 6"]);
export const DownIcon = icon(["M12 5v14", "M6 13l6 6 6-6"]);
export const ChevronIcon = icon(["M9 6l6 6-6 6"]);
export const OutIcon = icon(["M8 16L17 7", "M9 7h8v8"]);
export const AlertIcon = icon(["M12 8v5", "M12 16.5v.01", "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z"]);
export const CameraIcon = icon([
  "M4 8h3.2l1.6-2.5h6.4L16.8 8H20v11H4z",
  "M12 16.5a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6z",
]);
export const CheckIcon = icon(["M6 12.5l4 4 8-9"]);
export const PlusIcon = icon(["M12 6v12", "M6 12h12"]);
export const MinusIcon = icon(["M6 12h12"]);
export const DownloadIcon = icon(["M12 4v11", "M7 10.5l5 5 5-5", "M5 20h14"]);
export const SwapIcon = icon(["M4 8h14", "M14.5 4.5L18 8l-3.5 3.5", "M20 16H6", "M9.5 12.5L6 16l3.5 3.5"]);
export const PersonIcon = icon(["M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z", "M5 20c.8-3.3 3.5-5 7-5s6.2 1.7 7 5"]);
export const ParcelIcon = icon(["M4 8l8-4 8 4v8l-8 4-8-4z", "M4 8l8 4 8-4", "M12 12v8"]);
export const OfflineIcon = icon([
  "M4 4l16 16",
  "M5 12a10 10 0 0 1 3.5-2.3",
  "M19 12a10 10 0 0 0-6-2.9",
  "M8.5 15.5a5 5 0 0 1 6-.5",
  "M12 19v.01",
]);
