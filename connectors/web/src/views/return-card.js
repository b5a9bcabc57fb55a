/** One return: what goes back and why, the money, and the label to send it with. */

import { html } from "htm/preact";
import { named, piece } from "../goods.js";
import { fileAddress } from "../links.js";
import { Badge, Facts, Thing } from "./goods.js";
import { DownloadIcon, SwapIcon } from "./icons.js";
import { Link } from "./text.js";
import { useUi } from "./ui.js";

const TONES = { draft: "warn", opened: "info", sent: "info", received: "info", refunded: "good" };

/** Once it has been sent, nobody need know by when. */
const NOT_SENT_YET = ["draft", "opened"];

/** Only a return that the shop has opened has a number. */
export function returnTitle({ number }, { t }) {
  return number ? t("return.title", { number }) : t("return.yours");
}

export function ReturnCard({ card }) {
  const ui = useUi();
  const { status, order_number: order, lines = [] } = card;
  const title = returnTitle(card, ui);
  return html`
    <section class="card" aria-label=${title}>
      <div class="card-head">
        <h3><bdi>${title}</bdi></h3>
        <${Badge} group="return_status" status=${status} tone=${TONES[status]} />
        ${order && html`<p><bdi>${ui.t("order.title", { number: order })}</bdi></p>`}
      </div>
      <ul class="part things">${lines.map((line) => html`<${Line} line=${line} />`)}</ul>
      <${Facts} rows=${facts(card, ui)} />
      <${Label} href=${fileAddress(card.label_url, ui.origin)} />
    </section>
  `;
}

function Line({ line }) {
  const ui = useUi();
  const { reason, exchange_for: other } = line;
  return html`
    <li>
      <${Thing} name=${piece(line, ui.t)} which=${line.options}>
        ${reason && html`<small>${ui.t("return.reason", { reason: named("return_reason", reason, ui) })}</small>`}
      <//>
      ${
        other &&
        html`
          <div class="exchange">
            <${SwapIcon} size=${16} />
            <div><small>${ui.t("return.exchange_for")}</small><${Thing} name=${other.name} which=${other.options} /></div>
          </div>
        `
      }
    </li>
  `;
}

function facts({ refund, to_pay: toPay, method, send_by: sendBy, status }, ui) {
  const { t, formats } = ui;
  const way = (refund || toPay) && method && named("return_method", method, ui);
  return [
    [t("return.refund"), refund && formats.money(refund)],
    [t("return.to_pay"), toPay && formats.money(toPay)],
    [toPay && !refund ? t("return.pay_with") : t("return.refund_to"), way],
    [t("return.send_by"), NOT_SENT_YET.includes(status) && sendBy && formats.day(sendBy)],
  ];
}

function Label({ href }) {
  const { t } = useUi();
  if (!href) return null;
  return html`
    <div class="part">
      <${Link} class="action" href=${href} download=""><${DownloadIcon} size=${18} />${t("return.label")}<//>
    </div>
  `;
}
