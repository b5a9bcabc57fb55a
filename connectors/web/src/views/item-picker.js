/** Which things of an order, and how many of each. Once answered it shows what was chosen. */

import { html } from "htm/preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { canPick, inWords, pick } from "../picking.js";
import { Thing } from "./goods.js";
import { MinusIcon, PlusIcon } from "./icons.js";
import { useUi } from "./ui.js";

export function pickerTitle({ order_number: number }, { t }) {
  return number ? t("picker.title", { number }) : t("picker.items");
}

export function ItemPicker({ card, offered, chosen }) {
  const ui = useUi();
  const { token, items } = card;
  const [picked, setPicked] = useState({});
  const values = chosen ?? (offered ? picked : {});
  const nothing = !Object.keys(values).length;
  const action = useStaysInView(picked);
  const send = (event) => {
    event.preventDefault();
    if (offered && !nothing) ui.act.choose({ token, values, title: inWords(items, values, ui) });
  };

  return html`
    <form class="card picker" onSubmit=${send}>
      <fieldset disabled=${!offered}>
        <legend>${pickerTitle(card, ui)}</legend>
        <ul>
          ${items.map(
            (item) => html`
              <${Item} key=${item.id} item=${item} quantity=${values[item.id] ?? 0} offered=${offered}
                change=${(quantity) => setPicked(pick(values, item, quantity))} />
            `,
          )}
        </ul>
      </fieldset>
      ${
        offered &&
        html`
          <div class="part" ref=${action}>
            <button type="submit" class="action" disabled=${nothing}>${ui.t("picker.continue")}</button>
          </div>
        `
      }
    </form>
  `;
}

/** Asking how many takes room: what was in view below it shall not be pushed out. */
function useStaysInView(cause) {
  const element = useRef(null);
  const was = isInView(element.current);
  useLayoutEffect(() => {
    if (was) element.current?.scrollIntoView({ block: "nearest" });
  }, [cause]);
  return element;
}

function isInView(element) {
  return element?.getBoundingClientRect().bottom <= element?.closest(".scroll")?.getBoundingClientRect().bottom;
}

function Item({ item, quantity, offered, change }) {
  const ui = useUi();
  const { t } = ui;
  const { name, max } = item;
  const count = quantity > 0 && max > 1;
  return html`
    <li class=${quantity ? "picked" : canPick(item) ? "" : "refused"}>
      <label>
        <input type="checkbox" checked=${quantity > 0} disabled=${!canPick(item)}
          onChange=${(event) => change(event.target.checked ? 1 : 0)} />
        <${Thing} name=${name} which=${item.options}>
          ${remarks(item, ui).map((words) => html`<small>${words}</small>`)}
          ${count && !offered && html`<small class="of">${t("picker.chosen", { count: quantity, max })}</small>`}
        <//>
      </label>
      ${count && offered && html`<${Stepper} name=${name} quantity=${quantity} max=${max} change=${change} />`}
    </li>
  `;
}

/** Why it can't be chosen, or how many of it and until when. */
function remarks(item, ui) {
  const { refusal, until, max, quantity } = item;
  const date = until && ui.formats.date(until);
  if (!canPick(item)) return [why(refusal, date, ui)];
  const some = max < quantity && ui.t("picker.some", { count: max, ordered: quantity });
  return [some, date && ui.t("picker.until", { date })].filter(Boolean);
}

function why(refusal, date, { t, has }) {
  const keys = [date && `refusal.${refusal}_on`, `refusal.${refusal}`, "refusal.other"];
  return t(
    keys.find((key) => key && has(key)),
    { date },
  );
}

/** A button at its end stays where it is, so that the focus does too. */
function Stepper({ name, quantity, max, change }) {
  const { t } = useUi();
  const step = (label, next, Icon) => {
    const end = next < 1 || next > max;
    return html`
      <button type="button" class="step" aria-label=${label} aria-disabled=${end} onClick=${() => end || change(next)}>
        <${Icon} size=${18} />
      </button>
    `;
  };
  return html`
    <div class="stepper" role="group" aria-label=${t("picker.how_many", { name })}>
      ${step(t("picker.less"), quantity - 1, MinusIcon)}
      <output>${t("picker.count", { count: quantity, max })}</output>
      ${step(t("picker.more"), quantity + 1, PlusIcon)}
    </div>
  `;
}
