/** What comes with a message besides its words. A kind of card we don't know, or can't draw, leaves the words alone. */

import { Component } from "preact";
import { html } from "htm/preact";
import { OrderCard } from "./order-card.js";
import { OrdersCard } from "./orders-card.js";

const KINDS = new Map([
  ["order", OrderCard],
  ["orders", OrdersCard],
]);

export class Card extends Component {
  static getDerivedStateFromError() {
    return { broken: true };
  }

  render({ card, offered }, { broken }) {
    const Kind = KINDS.get(card.type);
    return Kind && !broken ? html`<${Kind} card=${card} offered=${offered} />` : null;
  }
}
