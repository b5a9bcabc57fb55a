import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { createFormats } from "../src/formats.js";
import { named, options, piece } from "../src/goods.js";
import { canPick, inWords, pick } from "../src/picking.js";
import { measured } from "../src/sizes.js";
import { createStrings } from "../src/strings.js";
import { spoken } from "../src/views/announcer.js";

const words = JSON.parse(readFileSync(new URL("../../../data/web/en.json", import.meta.url), "utf8"));
const ui = { ...createStrings("en", words), formats: createFormats("en") };

describe("goods in words", () => {
  test("name their options, also several values of one, also an option that the words don't know", () => {
    assert.equal(options({ size: "M", colour: "Sand" }, ui), "Size: M · Colour: Sand");
    assert.equal(options({ size: ["S", "M"], shoe_tree: "cedar" }, ui), "Size: S, M · shoe_tree: cedar");
    assert.equal(options(null, ui), "");
  });

  test("are counted from two", () => {
    assert.equal(piece({ name: "Belt", quantity: 1 }, ui.t), "Belt");
    assert.equal(piece({ name: "Belt", quantity: 2 }, ui.t), "2 × Belt");
  });

  test("show a code that they don't know as it is", () => {
    assert.equal(named("return_reason", "too_small", ui), "Too small");
    assert.equal(named("return_method", "Visa ending in 4242", ui), "Visa ending in 4242");
  });
});

describe("picking", () => {
  const shirt = { id: "7", name: "Linen shirt", max: 3, refusal: null };
  const belt = { id: "2", name: "Belt", max: 1, refusal: null };
  const sold = { id: "9", name: "Scarf", max: 1, refusal: "final_sale" };

  test("goes from one to as many as there are, and back to none", () => {
    const one = pick({}, shirt, 1);
    assert.deepEqual(one, { 7: 1 });
    assert.deepEqual(pick(one, shirt, 3), { 7: 3 });
    assert.deepEqual(pick(one, shirt, 4), { 7: 3 });
    assert.deepEqual(pick({ 7: 3, 2: 1 }, shirt, 0), { 2: 1 });
    assert.deepEqual(one, { 7: 1 });
  });

  test("leaves what is refused, or has none to give", () => {
    assert.deepEqual(pick({}, sold, 1), {});
    assert.equal(canPick({ ...belt, max: 0 }), false);
  });

  test("is said in the order of the list", () => {
    assert.equal(inWords([shirt, belt, sold], { 2: 1, 7: 2 }, ui), "2 × Linen shirt, 1 × Belt");
    assert.equal(inWords([shirt, belt, sold], {}, ui), "");
  });
});

describe("measurements", () => {
  test("are ranges, in either unit", () => {
    assert.equal(measured(["82", "90"], "cm", "cm", ui), "82–90");
    assert.equal(measured(["82", "90"], "cm", "in", ui), "32.3–35.4");
    assert.equal(measured(["24.1", "26.8"], "cm", "cm", { ...ui, formats: createFormats("de") }), "24,1–26,8");
  });

  test("may be one value, or none", () => {
    assert.equal(measured(["56", "56"], "cm", "cm", ui), "56");
    assert.equal(measured("56", "cm", "cm", ui), "56");
    assert.equal(measured([], "cm", "cm", ui), "–");
    assert.equal(measured(undefined, "cm", "in", ui), "–");
  });
});

describe("a message said aloud", () => {
  const message = { from: "bot", text: "Which one?", card: null, buttons: [] };

  test("has its speaker, its words, its card's title and its choices", () => {
    const card = { type: "return", number: "R-1", lines: [] };
    const buttons = [{ title: "Yes" }, { title: "No" }];
    assert.deepEqual(spoken({ ...message, card, buttons }, ui), [
      "Assistant: Which one?",
      "Return R-1",
      "Suggested answers: Yes, No",
    ]);
  });

  test("without words is its card; a notice is nobody's", () => {
    const card = { type: "items", order_number: "W1", items: [] };
    assert.deepEqual(spoken({ ...message, text: "", card }, ui), ["Assistant", "Items of order W1"]);
    assert.deepEqual(spoken({ ...message, card: { type: "hologram" } }, ui), ["Assistant: Which one?"]);
    assert.deepEqual(spoken({ ...message, from: "notice", text: "Not any more." }, ui), ["Not any more."]);
  });
});
