/** What the shopper should know about the line. */

import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { CheckIcon, OfflineIcon } from "./icons.js";
import { useUi } from "./ui.js";

const BACK_FOR = 4000;

export function Notices({ network, refusal }) {
  const back = useBack(network);
  return html`
    <div class="notices" role="status">
      ${network === "offline" && html`<${Offline} />`}
      ${network === "refused" && html`<${Refused} words=${refusal} />`}
      ${back && html`<${Back} />`}
    </div>
  `;
}

function Offline() {
  const { t, act } = useUi();
  return html`
    <div class="notice bad">
      <${OfflineIcon} />
      <p>${t("network.offline")}</p>
      <button type="button" class="small" onClick=${act.reconnect}>${t("network.retry")}</button>
    </div>
  `;
}

function Refused({ words }) {
  const { t } = useUi();
  return html`<div class="notice bad"><${OfflineIcon} /><p>${words ?? t("network.refused")}</p></div>`;
}

function Back() {
  const { t } = useUi();
  return html`<div class="notice good"><${CheckIcon} /><p>${t("network.back")}</p></div>`;
}

/** True for a moment after having been offline. */
function useBack(network) {
  const [back, setBack] = useState(false);
  const wasOffline = useRef(false);
  useEffect(() => {
    if (network === "offline") wasOffline.current = true;
    const returned = network === "online" && wasOffline.current;
    if (network === "online") wasOffline.current = false;
    setBack(returned);
    if (!returned) return undefined;
    const timer = setTimeout(() => setBack(false), BACK_FOR);
    return () => clearTimeout(timer);
  }, [network]);
  return back;
}
