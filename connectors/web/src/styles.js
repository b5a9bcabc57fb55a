/** The look of the chat, one sheet for all. */

import base from "./styles/base.css";
import card from "./styles/card.css";
import composer from "./styles/composer.css";
import conversation from "./styles/conversation.css";
import goods from "./styles/goods.css";
import message from "./styles/message.css";
import panel from "./styles/panel.css";
import parcel from "./styles/parcel.css";
import picker from "./styles/picker.css";
import photo from "./styles/photo.css";
import sizes from "./styles/sizes.css";

const CSS = [base, panel, conversation, message, card, parcel, goods, picker, photo, sizes, composer].join("\n");

/** A constructed sheet needs no leave from the shop's content security policy. Old browsers get a style element. */
export function dress(root) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(Object.assign(document.createElement("style"), { textContent: CSS }));
  }
}
