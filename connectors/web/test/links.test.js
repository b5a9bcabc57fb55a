import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fileAddress, linkify, webAddress } from "../src/links.js";

const links = (text) =>
  linkify(text)
    .filter((part) => part.href)
    .map((part) => part.text);

describe("links", () => {
  test("are found in plain text, which stays whole", () => {
    const text = "See https://shop.example/care (or http://a.example), and write to help@shop.example.";
    assert.deepEqual(links(text), ["https://shop.example/care", "http://a.example", "help@shop.example"]);
    assert.equal(
      linkify(text)
        .map((part) => part.text)
        .join(""),
      text,
    );
  });

  test("leave out the sentence's own punctuation, keep the address's own brackets", () => {
    assert.deepEqual(links("Is it https://a.example/x?"), ["https://a.example/x"]);
    assert.deepEqual(links("(https://en.example/wiki/Post_(office))."), ["https://en.example/wiki/Post_(office)"]);
    assert.deepEqual(links("https://a.example/?q=1&r=2!"), ["https://a.example/?q=1&r=2"]);
  });

  test("are never anything but web and mail", () => {
    for (const text of [
      "javascript:alert(1)",
      "data:text/html,x",
      "<a href=x>",
      "ftp://a.example",
      "@name",
      "a@b",
      "https://",
    ]) {
      assert.deepEqual(links(text), [], text);
    }
    assert.equal(linkify("help@shop.example")[0].href, "mailto:help@shop.example");
  });

  test("end at quotes and angle brackets", () => {
    assert.deepEqual(links('<a href="https://a.example/x">y</a>'), ["https://a.example/x"]);
  });

  test("to carriers are http or https", () => {
    assert.equal(webAddress("https://a.example/t?n=1"), "https://a.example/t?n=1");
    for (const bad of [
      "javascript:alert(1)",
      " javascript:alert(1)",
      "JaVaScRiPt:alert(1)",
      "/track",
      "",
      "mailto:a@b.example",
    ]) {
      assert.equal(webAddress(bad), null, bad);
    }
  });

  test("to files are https, or a path of the chat's own server", () => {
    const origin = "http://127.0.0.1:8000";
    assert.equal(fileAddress("/labels/R-1.pdf", origin), "http://127.0.0.1:8000/labels/R-1.pdf");
    assert.equal(fileAddress("https://labels.example/R-1.pdf", origin), "https://labels.example/R-1.pdf");
    for (const bad of [null, "", "http://labels.example/R-1.pdf", "//labels.example/R-1.pdf", "javascript:alert(1)"]) {
      assert.ok(!fileAddress(bad, origin), bad);
    }
  });

  test("are searched in reasonable time, whatever the text", () => {
    const start = performance.now();
    for (const text of [
      "a".repeat(50_000),
      "a.".repeat(25_000),
      `a@${"a.".repeat(25_000)}`,
      `https://${"(".repeat(5_000)}`,
    ])
      linkify(text);
    assert.ok(performance.now() - start < 2000);
  });
});
