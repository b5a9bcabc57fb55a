/** The round button in the corner of the shop's page. */

import { html } from "htm/preact";
import { ChatIcon } from "./icons.js";
import { useUi } from "./ui.js";

export function Launcher({ unread, open, button }) {
  const { t, act } = useUi();
  const label = unread ? t("launcher.unread", { count: unread }) : t("launcher.open");
  return html`
    <p class="hidden" role="status">${unread > 0 && label}</p>
    <button ref=${button} type="button" class="launcher" hidden=${open} aria-haspopup="dialog" aria-label=${label}
      onClick=${act.open}>
      <${ChatIcon} size=${28} />
      ${unread > 0 && html`<span class="badge" aria-hidden="true">${unread > 99 ? "99+" : unread}</span>`}
    </button>
  `;
}
