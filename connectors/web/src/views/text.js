/** Words of a message: always text, with safe links. */

import { html } from "htm/preact";
import { linkify } from "../links.js";
import { useUi } from "./ui.js";

/** Nobody writes to themselves: the shopper's `own` email address is no link. */
export function Text({ text, own }) {
  const links = ({ href }) => href && !(own && href.startsWith("mailto:"));
  return linkify(text).map((part) => (links(part) ? html`<${Link} href=${part.href}>${part.text}<//>` : part.text));
}

/** A page of this shop opens in place (the chat comes along); any other in a new tab that learns nothing of us. */
export function Link({ href, children, ...rest }) {
  const { t } = useUi();
  if (isHere(href)) return html`<a href=${href} ...${rest}>${children}</a>`;
  return html`
    <a href=${href} target="_blank" rel="noopener noreferrer" ...${rest}>
      ${children}<span class="hidden"> (${t("conversation.opens_elsewhere")})</span>
    </a>
  `;
}

function isHere(href) {
  return href.startsWith("mailto:") || new URL(href).origin === location.origin;
}
