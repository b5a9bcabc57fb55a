/** One parcel: when it comes, how far it is, who carries it. */

import { html } from "htm/preact";
import { piece } from "../goods.js";
import { webAddress } from "../links.js";
import { CheckIcon, OutIcon } from "./icons.js";
import { Fold } from "./order-card.js";
import { headline, reached, STEPS } from "./parcel-progress.js";
import { Link } from "./text.js";
import { useUi } from "./ui.js";

export function Parcel({ parcel, position, count }) {
  const { t, formats } = useUi();
  const { key, date } = headline(parcel, formats.isPast);
  const { contents = [], events = [] } = parcel;
  return html`
    <div class="part parcel ${parcel.status}">
      ${count > 1 && html`<p class="label">${t("order.parcel", { position, count })}</p>`}
      <p class="headline">${t(key, { date: date && formats.day(date) })}</p>
      ${parcel.status === "delayed" && html`<p class="soft">${t(`delay_reason.${parcel.delay_reason ?? "unknown"}`)}</p>`}
      ${parcel.status !== "returned" && html`<${Track} parcel=${parcel} />`}
      ${count > 1 && contents.length > 0 && html`<${Contents} contents=${contents} />`}
      <${Carrier} parcel=${parcel} />
      ${events.length > 0 && html`<${Fold} title=${t("order.events")}><${Events} events=${events} /><//>`}
    </div>
  `;
}

function Contents({ contents }) {
  const { t, formats } = useUi();
  return html`<p class="soft" dir="auto">${formats.list(contents.map((item) => piece(item, t)))}</p>`;
}

function Track({ parcel }) {
  const { t } = useUi();
  const now = reached(parcel);
  return html`
    <ol class="track" aria-label=${t("order.progress")}>
      ${STEPS.map((step, index) => html`<${Step} step=${step} place=${Math.sign(index - now)} />`)}
    </ol>
  `;
}

/** `place` is -1 for a step behind us, 0 for where the parcel is, 1 for one ahead. */
function Step({ step, place }) {
  const { t } = useUi();
  const done = place < 0 || (place === 0 && step === STEPS.at(-1));
  const look = done ? "done" : place === 0 ? "now" : "ahead";
  return html`
    <li class=${look} aria-current=${place === 0 ? "step" : undefined}>
      <span class="stop">${done && html`<${CheckIcon} size=${12} />`}</span>
      <span class="name">${t(`parcel_status.${step}`)}</span>${done && html`<span class="hidden">, ${t("order.step_done")}</span>`}
    </li>
  `;
}

function Carrier({ parcel: { carrier, tracking_number: number, tracking_url: url } }) {
  const { t } = useUi();
  const href = webAddress(url ?? "");
  if (!carrier) return null;
  return html`
    <p class="carrier">
      ${
        href
          ? html`<${Link} href=${href}>${t("order.track", { carrier })}<${OutIcon} size=${14} /><//>`
          : html`<span>${t("order.carrier", { carrier })}</span>`
      }
      ${number && html`<small><span class="hidden">${t("order.tracking_number")} </span><bdi>${number}</bdi></small>`}
    </p>
  `;
}

function Events({ events }) {
  const { t, formats } = useUi();
  return html`
    <ol class="events">
      ${[...events].reverse().map(
        (event) => html`
          <li>
            <span>${t(`parcel_status.${event.status}`)}${event.place && html`, <span dir="auto">${event.place}</span>`}</span>
            <time datetime=${event.at}>${formats.moment(event.at)}</time>
          </li>
        `,
      )}
    </ol>
  `;
}
