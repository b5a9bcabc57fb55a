/** The window of the chat: a panel beside the shop's page, or a sheet over it on a phone. */

import { html } from "htm/preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Announcer } from "./announcer.js";
import { receiving, useAttachment } from "./attachment.js";
import { Composer } from "./composer.js";
import { ConversationView } from "./conversation-view.js";
import { Header } from "./header.js";
import { Notices } from "./notices.js";
import { Progress } from "./progress.js";
import { useMedia, useUi } from "./ui.js";

/** Where a panel beside the page would leave too little of either. */
export const PHONE = "(max-width: 540px), (max-height: 420px)";

export function Panel({ state, input, scroller }) {
  const { act } = useUi();
  const dialog = useRef(null);
  const phone = useMedia(PHONE);
  const attachment = useAttachment(() => input.current.focus());
  const refused = state.network === "refused";
  useShown(dialog, state.open, phone);
  useRoomAboveKeyboard(dialog, state.open && phone);
  const cancel = (event) => event.target === dialog.current && act.close(); // a file chooser tells of its own end too
  return html`
    <dialog ref=${dialog} class="panel ${phone ? "sheet" : "beside"}" aria-labelledby="title"
      onCancel=${cancel} onClose=${(event) => event.target.open || act.close()} ...${receiving(attachment, refused)}>
      <${Header} state=${state} />
      <${Notices} network=${state.network} refusal=${state.refusal} />
      <${ConversationView} state=${state} scroller=${scroller} />
      <${Progress} state=${state} />
      <${Announcer} state=${state} />
      <${Composer} limit=${state.maxCharacters} disabled=${refused} input=${input} attachment=${attachment} />
    </dialog>
  `;
}

/** On a phone nothing behind the sheet can be reached. Beside the page, showing it must not take the focus by itself. */
function useShown(dialog, open, phone) {
  useLayoutEffect(() => {
    if (!open) return undefined;
    const box = dialog.current;
    const release = phone ? holdPage() : () => {};
    if (phone) box.showModal();
    else box.setAttribute("open", "");
    return () => {
      release();
      box.close();
    };
  }, [open, phone]);
}

/** The shop's page doesn't scroll under the sheet. */
function holdPage() {
  const { style } = document.documentElement;
  const before = style.overflow;
  style.overflow = "hidden";
  return () => (style.overflow = before);
}

/** A phone's keyboard covers the page instead of shrinking it; only the visual viewport knows. */
function useRoomAboveKeyboard(dialog, wanted) {
  useEffect(() => {
    const view = window.visualViewport;
    if (!wanted || !view) return undefined;
    const fit = () => {
      dialog.current.style.setProperty("--room", `${view.height}px`);
      dialog.current.style.setProperty("--top", `${view.offsetTop}px`);
    };
    fit();
    view.addEventListener("resize", fit);
    view.addEventListener("scroll", fit);
    return () => {
      view.removeEventListener("resize", fit);
      view.removeEventListener("scroll", fit);
    };
  }, [wanted]);
}
