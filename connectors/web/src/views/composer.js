/** Where the shopper writes. Enter sends, Shift and Enter starts a new line. */

import { html } from "htm/preact";
import { useMemo, useState } from "preact/hooks";
import { AttachButton, Attached } from "./attachment.js";
import { SendIcon } from "./icons.js";
import { useUi } from "./ui.js";

/** So many characters before the limit, the shopper is told. */
const NEAR = 100;

/** @param {{limit: number, disabled: boolean, input: object, attachment: import("./attachment.js").Attachment}} props */
export function Composer({ limit, disabled, input, attachment }) {
  const { t, act } = useUi();
  const [text, setText] = useState(act.draft);
  const left = limit - [...text].length;
  const { photo, preparing } = attachment;
  const blank = !text.trim();
  const unable = (blank && !photo) || left < 0 || preparing || disabled;

  const write = (words) => {
    setText(words);
    act.keepDraft(words);
  };
  const send = (event) => {
    event.preventDefault();
    if (unable) return;
    if (photo) act.show(photo);
    if (!blank) act.say(text.trim());
    attachment.remove();
    write("");
    input.current.focus();
  };

  return html`
    <form class="composer" onSubmit=${send}>
      <${Attached} attachment=${attachment} removed=${() => input.current.focus()} />
      <${AttachButton} attachment=${attachment} disabled=${disabled} />
      <div class="field" data-text=${text}>
        <textarea ref=${input} rows="1" dir="auto" value=${text} disabled=${disabled} enterkeyhint="send" autocomplete="off"
          aria-label=${t("composer.label")} placeholder=${t("composer.placeholder")}
          aria-invalid=${left < 0} aria-describedby="left"
          onInput=${(event) => write(event.target.value)} onKeyDown=${(event) => sends(event) && send(event)}></textarea>
      </div>
      <button type="submit" class="send round" aria-label=${t("composer.send")} disabled=${unable}>
        <${SendIcon} />
      </button>
      <${Limit} left=${left} />
    </form>
  `;
}

/** Enter that picks a word in an input method is no wish to send; some browsers tell only by the old key code. */
function sends(event) {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
}

/** Shows every character; says aloud only that the limit is near, or passed. */
function Limit({ left }) {
  const { t } = useUi();
  const zone = left < 0 ? "over" : left <= NEAR ? "near" : "fine";
  const key = zone === "over" ? "composer.characters_over" : "composer.characters_left";
  const words = t(key, { count: Math.abs(left) });
  const aloud = useMemo(() => (zone === "fine" ? "" : words), [zone]);
  return html`
    <p class="limit ${zone}" id="left" hidden=${zone === "fine"}>${zone !== "fine" && words}</p>
    <p class="hidden" role="status">${aloud}</p>
  `;
}
