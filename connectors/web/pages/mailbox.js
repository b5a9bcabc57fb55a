/** The box in which the demo shop's emails arrive, so that codes can be read without a mail server. */

const EVERY_MS = 2500;

/** Look for new emails while the page is in sight. */
export function watchMailbox() {
  const list = document.getElementById("mails");
  let shown = "";
  const look = async () => {
    if (document.hidden) return;
    const text = await fetch("/demo/emails.json").then((answer) => (answer.ok ? answer.text() : shown), () => shown);
    if (text && text !== shown) list.replaceChildren(...JSON.parse(text).emails.map(mail));
    shown = text;
  };
  look();
  setInterval(look, EVERY_MS);
}

function mail({ to, subject }) {
  const item = document.createElement("li");
  const title = document.createElement("strong");
  const address = document.createElement("span");
  title.textContent = subject;
  address.textContent = `To ${to}`;
  item.append(title, address);
  return item;
}
