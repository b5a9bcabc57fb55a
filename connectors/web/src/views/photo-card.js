/** A photo, drawn on a canvas: a picture with an address would need the leave of the shop's page. */

import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { draw, within } from "../photos.js";
import { useUi } from "./ui.js";

/** Of the drawing; on the screen it is smaller, so that it is sharp on fine screens too. */
const LONGEST_SIDE = 720;

export function photoTitle(_card, { t }) {
  return t("photo.title");
}

export function PhotoCard({ card }) {
  const { t, act } = useUi();
  const { id, blob } = card;
  const [gone, setGone] = useState(false);
  const canvas = useDrawn(card, blob ? () => blob : () => act.photo(id), () => setGone(true));
  if (gone) return html`<p class="photo gone">${t("photo.gone")}</p>`;
  return html`<canvas ref=${canvas} class="photo" role="img" aria-label=${t("photo.title")}></canvas>`;
}

/** A canvas that has its size at once, so that nothing moves when the photo is there. */
export function useDrawn({ id, blob, width, height }, load, failed) {
  const canvas = useRef(null);
  const size = within(LONGEST_SIDE, width, height);
  useEffect(() => {
    let wanted = true;
    if (canvas.current.width !== size.width) Object.assign(canvas.current, size);
    Promise.resolve(load())
      .then(createImageBitmap)
      .then((bitmap) => wanted && draw(bitmap, size, canvas.current))
      .catch(() => wanted && failed());
    return () => (wanted = false);
  }, [id, blob]);
  return canvas;
}
