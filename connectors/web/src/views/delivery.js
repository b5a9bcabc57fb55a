/** What became of the shopper's own words while the server hasn't numbered them. */

import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { canRetry, UNANSWERED } from "../outbox.js";
import { AlertIcon } from "./icons.js";
import { useUi } from "./ui.js";

/** @param {{unsent: import("../types.js").Unsent, online: boolean}} props */
export function Delivery({ unsent, online }) {
  const { t } = useUi();
  if (unsent.status === "failed") return html`<${Failed} unsent=${unsent} />`;
  const words = unsent.status === "waiting" && !online ? t("delivery.waiting") : t("delivery.sending");
  return html`<p class="time pending">${words}</p>`;
}

function Failed({ unsent }) {
  const { t, act } = useUi();
  return html`
    <div class="failure">
      <p dir="auto" role="alert"><${AlertIcon} size=${16} /><span><strong>${t("delivery.not_sent")}</strong> ${reason(unsent, t)}</span></p>
      ${canRetry(unsent) && html`<${Retry} unsent=${unsent} />`}
      <button type="button" class="small" onClick=${() => act.dismiss(unsent.client_id)}>${t("delivery.dismiss")}</button>
    </div>
  `;
}

function reason({ failure }, t) {
  return failure.code === UNANSWERED ? t("delivery.unanswered") : failure.text;
}

function Retry({ unsent }) {
  const { t, act } = useUi();
  const seconds = useSecondsUntil(unsent.failure.retry_at);
  return html`
    <button type="button" class="small" disabled=${seconds > 0} onClick=${() => act.retry(unsent.client_id)}>
      ${seconds > 0 ? t("delivery.retry_in", { count: seconds }) : t("delivery.retry")}
    </button>
  `;
}

function useSecondsUntil(moment) {
  const left = () => Math.max(0, Math.ceil(((moment ?? 0) - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    if (!left()) return undefined;
    const timer = setInterval(() => setSeconds(left()), 500);
    return () => clearInterval(timer);
  }, [moment]);
  return seconds;
}
