/** The demo shop's page: fills the shelves and the “Try it” part from the server. */

import { canHang, draw } from "./drawings.js";
import { watchMailbox } from "./mailbox.js";

const CUSTOMER = "demo.customer";
const ON_THE_RAIL = 4;

const at = (id) => document.getElementById(id);

function el(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

async function start() {
  at("ask").addEventListener("click", () => withChat((chat) => chat.open()));
  at("snippet").textContent = `<script src="${location.origin}/chat.js" async></script>`;
  const answer = await fetch("/demo/shop.json");
  if (!answer.ok) throw new Error(`shop.json: ${answer.status}`);
  show(await answer.json());
  watchMailbox();
}

function show({ shop, products, orders, customers }) {
  document.title = `${shop.name} (demo shop)`;
  document.querySelector("[data-shop-name]").textContent = shop.name;
  at("products").append(...products.map(product));
  at("rail").append(...pick(products, ON_THE_RAIL).map((one) => draw(one, true)));
  at("orders").append(...orders.map(order));
  showDepartments([...new Set(products.map((one) => one.audience))].filter((name) => name !== "unisex"));
  showCustomers(customers);
}

/** The chat's script loads by itself; it may be here already, or come. */
function withChat(act) {
  if (window.Storehand) act(window.Storehand);
  else addEventListener("storehand:ready", () => act(window.Storehand), { once: true });
}

function product(one) {
  const picture = el("div", { className: "picture" }, draw(one));
  const words = [el("h3", { textContent: one.name }), el("p", { className: "brand", textContent: one.brand })];
  const card = el(
    "li",
    { className: "product" },
    picture,
    ...words,
    el("p", { className: "price", textContent: money(one.price) }),
  );
  card.dataset.audience = one.audience;
  return card;
}

function money({ amount, currency }) {
  return new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency }).format(amount);
}

/** Some that can hang, each of another kind, for the picture at the top. */
function pick(products, count) {
  const kinds = new Map(products.filter(canHang).map((one) => [one.category, one]));
  return [...kinds.values()].slice(0, count);
}

function order({ number, email, situation }) {
  const what = el("p", { className: "situation", textContent: situation });
  return el("li", {}, what, copyable("Order", number), copyable("Email", email));
}

function copyable(label, text) {
  const button = el("button", { type: "button", className: "copy", textContent: "Copy" });
  button.setAttribute("aria-label", `Copy ${text}`);
  button.addEventListener("click", () => copy(text, button));
  return el(
    "p",
    { className: "copyable" },
    el("span", { className: "label", textContent: label }),
    el("code", { textContent: text }),
    button,
  );
}

async function copy(text, button) {
  const done = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  if (!done) copyOldWay(text);
  button.textContent = "Copied";
  at("copied").textContent = `Copied ${text}`;
  setTimeout(() => (button.textContent = "Copy"), 1500);
}

/** Without https a page has no clipboard of its own. */
function copyOldWay(text) {
  const field = el("textarea", { value: text, className: "offstage" });
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

function showDepartments(audiences) {
  const all = ["all", ...audiences];
  at("departments").append(...all.map((name) => el("li", {}, department(name))));
  showOnly("all");
}

function department(name) {
  const button = el("button", { type: "button", textContent: name[0].toUpperCase() + name.slice(1) });
  button.dataset.department = name;
  button.addEventListener("click", () => {
    showOnly(name);
    at("products").scrollIntoView({ block: "nearest" });
  });
  return button;
}

function showOnly(audience) {
  for (const card of document.querySelectorAll(".product")) {
    card.hidden = audience !== "all" && ![audience, "unisex"].includes(card.dataset.audience);
  }
  for (const button of document.querySelectorAll("[data-department]")) {
    button.setAttribute("aria-pressed", String(button.dataset.department === audience));
  }
}

/** Who is signed in stays so while the tab lives, as in a real shop. */
function showCustomers(customers) {
  const select = at("customer");
  select.append(...customers.map(({ name }) => el("option", { textContent: name, value: name })));
  const tokenOf = (name) => customers.find((one) => one.name === name)?.token ?? null;
  const signIn = () => withChat((chat) => chat.setCustomerToken(tokenOf(select.value)));
  select.value = sessionStorage.getItem(CUSTOMER) ?? "";
  if (select.selectedIndex < 0) select.value = "";
  if (select.value) signIn();
  select.addEventListener("change", () => {
    sessionStorage.setItem(CUSTOMER, select.value);
    signIn();
  });
}

start().catch((error) => {
  at("trouble").hidden = false;
  console.error(error);
});
