/** Who the shopper is talking to, and the way out. */

import { html } from "htm/preact";
import { ChatIcon, CloseIcon } from "./icons.js";
import { useUi } from "./ui.js";

export function Header({ state }) {
  const { t, act } = useUi();
  return html`
    <div class="header">
      <span class="mark"><${ChatIcon} size=${22} /></span>
      <div class="who">
        <h2 id="title">${t("header.title")}</h2>
        <p class="status ${state.network}"><span class="dot"></span>${status(state, t)}</p>
      </div>
      <button type="button" class="plain round" aria-label=${t("header.close")} onClick=${act.close}>
        <${CloseIcon} />
      </button>
    </div>
  `;
}

function status({ network, customer }, t) {
  if (network === "offline" || network === "refused") return t("header.offline");
  if (network === "connecting") return t("header.connecting");
  return customer ? t("header.signed_in", { name: customer.first_name }) : t("header.ready");
}
