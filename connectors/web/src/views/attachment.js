/** A photo that is to go with the next message: chosen, pasted or dropped; shown, and taken back if it is the wrong one. */

import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { ACCEPT, prepare } from "../photos.js";
import { CameraIcon, CloseIcon } from "./icons.js";
import { useDrawn } from "./photo-card.js";
import { useUi } from "./ui.js";

/**
 * @typedef {object} Attachment
 * @property {import("../photos.js").Photo|null} photo
 * @property {string|null} refusal why the last file can't go: the words' place
 * @property {boolean} preparing
 * @property {(files: Iterable<File>) => void} take the first of these
 * @property {() => void} remove
 */

const NOTHING = { photo: null, refusal: null, preparing: false };

/** @param {() => void} taken @returns {Attachment} */
export function useAttachment(taken) {
  const [held, setHeld] = useState(NOTHING);
  const latest = useRef(null);
  const take = async ([file]) => {
    if (!file) return;
    latest.current = file;
    setHeld({ ...NOTHING, preparing: true });
    taken();
    const { refusal, ...photo } = await prepare(file);
    if (latest.current === file) setHeld(refusal ? { ...NOTHING, refusal } : { ...NOTHING, photo });
  };
  const remove = () => {
    latest.current = null;
    setHeld(NOTHING);
  };
  return { ...held, take, remove };
}

/** What the whole panel does with files that are dropped on it or pasted into it. */
export function receiving({ take }, disabled) {
  if (disabled) return {};
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  return {
    onDragOver: (event) => carries(event) && event.preventDefault(),
    onDrop: (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      take(event.dataTransfer.files);
    },
    onPaste: (event) => {
      const { files, types } = event.clipboardData;
      if (!files.length || types.includes("text/plain")) return; // copied words may bring their picture along
      event.preventDefault();
      take(files);
    },
  };
}

export function AttachButton({ attachment, disabled }) {
  const { t } = useUi();
  const chooser = useRef(null);
  const chosen = ({ target }) => {
    attachment.take([...target.files]);
    target.value = "";
  };
  return html`
    <button type="button" class="plain round" aria-label=${t("photo.add")} title=${t("photo.add")} disabled=${disabled}
      onClick=${() => chooser.current.click()}>
      <${CameraIcon} size=${22} />
    </button>
    <input ref=${chooser} type="file" accept=${ACCEPT} hidden onChange=${chosen} />
  `;
}

/** The photo that is held, or why the file can't be. */
export function Attached({ attachment, removed }) {
  const { t } = useUi();
  const { photo, refusal, preparing } = attachment;
  const remove = () => {
    attachment.remove();
    removed();
  };
  return html`
    ${photo && html`<${Preview} key=${photo.blob} photo=${photo} remove=${remove} />`}
    <p class="hidden" role="status">${preparing ? t("photo.preparing") : photo && t("photo.ready")}</p>
    <p class="refused-photo" role="alert" hidden=${!refusal}>${refusal && t(refusal)}</p>
  `;
}

function Preview({ photo, remove }) {
  const { t } = useUi();
  const canvas = useDrawn(photo, () => photo.blob, remove);
  return html`
    <div class="preview">
      <canvas ref=${canvas} role="img" aria-label=${t("photo.to_send")}></canvas>
      <button type="button" class="remove" aria-label=${t("photo.remove")} title=${t("photo.remove")} onClick=${remove}>
        <${CloseIcon} size=${16} />
      </button>
    </div>
  `;
}
