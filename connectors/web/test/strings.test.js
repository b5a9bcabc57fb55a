import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { candidates, createStrings, loadStrings } from "../src/strings.js";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const WORDS = join(HERE, "../../../data/web");
const languages = readdirSync(WORDS).filter((name) => name.endsWith(".json"));
const wordsOf = (file) => JSON.parse(readFileSync(join(WORDS, file), "utf8"));

/** Every path to words; plural forms are one. */
function paths(words, at = "") {
  if (typeof words === "string" || "other" in words) return [at];
  return Object.entries(words).flatMap(([name, branch]) => paths(branch, at ? `${at}.${name}` : name));
}

function placeholders(words) {
  return [...new Set(JSON.stringify(words).match(/\{\w+\}/g) ?? [])].sort();
}

function at(words, path) {
  return path.split(".").reduce((branch, name) => branch[name], words);
}

function sources(folder) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

const english = createStrings("en", wordsOf("en.json"));
const VALUES = {
  order_status: [
    "paid",
    "packed",
    "partly_shipped",
    "shipped",
    "out_for_delivery",
    "delivered",
    "delayed",
    "lost",
    "cancelled",
    "returned",
    "refunded",
  ],
  parcel_status: ["packed", "shipped", "out_for_delivery", "delivered", "delayed", "lost", "returned"],
  parcel_headline: [
    "packed",
    "shipped",
    "shipped_expected",
    "out_for_delivery",
    "out_for_delivery_expected",
    "delivered",
    "delivered_on",
    "delayed",
    "delayed_expected",
    "lost",
    "returned",
  ],
  delay_reason: ["weather", "customs", "address", "volume", "unknown"],
  return_status: ["draft", "opened", "sent", "received", "refunded", "cancelled"],
  return_reason: ["too_small", "too_big", "not_as_described", "damaged", "wrong_item", "changed_mind", "other"],
  refusal: ["not_delivered", "window_closed", "window_closed_on", "final_sale", "already_returned", "other"],
  measure: ["chest", "waist", "hips", "neck", "inseam", "height", "foot_length", "hand", "head"],
  unit: ["cm", "in"],
  unit_name: ["cm", "in"],
};

describe("the words", () => {
  test("are there for all that the code says", () => {
    const used = [...sources(join(HERE, "../src")).matchAll(/\bt\("([\w.]+)"/g)].map(([, key]) => key);
    assert.ok(used.length > 30);
    assert.deepEqual(
      used.filter((key) => !english.has(key)),
      [],
    );
  });

  test("are there for every status and reason", () => {
    for (const [group, names] of Object.entries(VALUES)) {
      assert.deepEqual(
        names.filter((name) => !english.has(`${group}.${name}`)),
        [],
        group,
      );
    }
  });

  test("are none too many", () => {
    const code = sources(join(HERE, "../src"));
    const built = [...Object.keys(VALUES), "order_hint", "option_name", "return_method", "speaker"];
    const unused = paths(wordsOf("en.json")).filter(
      (key) => !built.includes(key.split(".")[0]) && key !== "direction" && !code.includes(`"${key}"`),
    );
    assert.deepEqual(unused, []);
  });

  for (const file of languages) {
    test(`of ${file} say the same things with the same placeholders`, () => {
      const [ours, theirs] = [wordsOf("en.json"), wordsOf(file)];
      assert.deepEqual(paths(theirs), paths(ours));
      for (const path of paths(ours))
        assert.deepEqual(placeholders(at(theirs, path)), placeholders(at(ours, path)), path);
    });
  }
});

describe("strings", () => {
  test("fill in values and choose the plural", () => {
    assert.equal(english.t("order.title", { number: "W1" }), "Order W1");
    assert.equal(english.t("order.items", { count: 1 }), "1 item");
    assert.equal(english.t("order.items", { count: 2 }), "2 items");
  });

  test("put a value in as it is, whatever it contains", () => {
    assert.equal(english.t("order.title", { number: "$& {number}" }), "Order $& {number}");
  });

  test("give way from a region to its language to English, and never leave the folder", () => {
    assert.deepEqual(candidates("de-AT"), ["de-AT", "de", "en"]);
    assert.deepEqual(candidates("../secrets"), ["en"]);
  });

  test("of a language serve its regions, which keep their own way to write dates", async (t) => {
    t.mock.method(globalThis, "fetch", async (url) =>
      url.endsWith("/en.json") ? { ok: true, json: async () => ({}) } : { status: 404 },
    );
    assert.equal((await loadStrings("https://shop.example", "en-GB")).language, "en-GB");
    assert.equal((await loadStrings("https://shop.example", "nl")).language, "en");
  });

  test("are fetched again until they come", async (t) => {
    const asked = [];
    const answers = [
      new Error("down"),
      { status: 503 },
      { status: 404 },
      { ok: true, json: async () => ({ hello: "Hi" }) },
    ];
    t.mock.method(globalThis, "fetch", async (url) => {
      asked.push(url);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    });
    const strings = await loadStrings("https://shop.example", "nl", async () => {});
    assert.equal(strings.t("hello"), "Hi");
    assert.deepEqual(
      asked.map((url) => url.split("/").at(-1)),
      ["nl.json", "nl.json", "nl.json", "en.json"],
    );
  });
});
