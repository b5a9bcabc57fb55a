import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createPhotos, prepare, within } from "../src/photos.js";

const file = (size, type = "image/jpeg") => ({ size, type });
const small = file(700_000);

/** A browser to which every file is a picture of this size, and which makes this of it. */
const browser = (width, height, made = small) => ({
  decode: async () => ({ width, height }),
  encode: async () => made,
});

describe("a photo", () => {
  test("fits without losing its shape, and never grows", () => {
    assert.deepEqual(within(2048, 4096, 1024), { width: 2048, height: 512 });
    assert.deepEqual(within(2048, 40, 30), { width: 40, height: 30 });
    assert.deepEqual(within(100, 9000, 3), { width: 100, height: 1 });
  });

  test("goes as it is where it is light", async () => {
    const light = file(300_000, "image/png");
    assert.deepEqual(await prepare(light, browser(800, 600)), { blob: light, width: 800, height: 600 });
  });

  test("is made smaller where it has many bytes or many pixels, or is of a kind that only this browser knows", async () => {
    for (const [heavy, width] of [
      [file(3_000_000), 1500],
      [file(900_000), 8000],
      [file(900_000, "image/heic"), 1500],
    ]) {
      const { blob, width: shown } = await prepare(heavy, browser(width, 1000));
      assert.equal(blob, small);
      assert.equal(shown, Math.min(width, 2048));
    }
  });

  test("goes as it is where the browser can't make it smaller, unless it is too large", async () => {
    const heavy = file(3_000_000);
    assert.equal((await prepare(heavy, browser(1500, 1000, null))).blob, heavy);
    assert.deepEqual(await prepare(file(8_000_001), browser(1500, 1000, null)), { refusal: "photo.too_large" });
  });

  test("is refused where it is none, whatever its name says", async () => {
    const decode = async () => {
      throw new Error("InvalidStateError");
    };
    assert.deepEqual(await prepare(file(10), { decode }), { refusal: "photo.unreadable" });
  });
});

describe("photos", () => {
  const answer = (more) => ({ ok: true, json: async () => ({ ok: true, seq: 4 }), blob: async () => "bytes", ...more });

  function shop(answers, customer_token = null) {
    const asked = [];
    const request = async (address, options) => {
      asked.push([address, options.method ?? "GET", options.headers, options.body, options.credentials]);
      const next = answers.shift();
      if (next instanceof Error) throw next;
      return next;
    };
    const shopper = () => ({ token: "t", customer_token });
    return { asked, ...createPhotos({ origin: "https://shop.example", shopper, request }) };
  }

  test("are sent under their own id with the session's token, and nothing that the page's site gave us", async () => {
    const { send, asked } = shop([answer()], "signed-in");
    assert.deepEqual(await send({ client_id: "a b", card: { blob: "bytes" } }), { ok: true, seq: 4 });
    const headers = { Authorization: "Bearer t", "Storehand-Customer": "signed-in" };
    assert.deepEqual(asked, [
      ["https://shop.example/chat/photos?client_id=a%20b", "POST", headers, "bytes", "omit"],
    ]);
  });

  test("are fetched once, and again only if that failed", async () => {
    const { load, asked } = shop([new Error("no line"), answer({ ok: false, status: 404 }), answer()]);
    await assert.rejects(load("p"));
    await assert.rejects(load("p"));
    assert.deepEqual(await Promise.all([load("p"), load("p")]), ["bytes", "bytes"]);
    assert.equal(asked.length, 3);
    assert.deepEqual(asked[2], ["https://shop.example/chat/photos/p", "GET", { Authorization: "Bearer t" }, undefined, "omit"]);
  });
});
