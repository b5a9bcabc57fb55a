import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createFormats, regional } from "../src/formats.js";
import { headline, reached } from "../src/views/parcel-progress.js";

const { day, date, dayOf, money, isPast } = createFormats("en-GB", () => new Date(2025, 2, 5, 23, 30));

describe("formats", () => {
  test("name near days in words, wherever the shopper is", () => {
    assert.equal(day("2025-03-05"), "today");
    assert.equal(day("2025-03-06"), "tomorrow");
    assert.equal(day("2025-03-04"), "yesterday");
    assert.match(day("2025-03-14"), /^Friday,? 14 March$/);
    assert.match(day("2024-03-14"), /14 March 2024/);
  });

  test("know the calendar from the clock", () => {
    assert.equal(date("2025-01-31"), "31 January 2025");
    assert.equal(dayOf(new Date(2025, 2, 4, 0, 5).toISOString()), "Yesterday");
    assert.deepEqual([isPast("2025-03-04"), isPast("2025-03-05")], [true, false]);
  });

  test("write money as the language does", () => {
    assert.equal(money({ amount: "59.90", currency: "EUR" }), "€59.90");
    assert.equal(createFormats("de").money({ amount: "59.90", currency: "EUR" }), "59,90\u00a0€");
  });
});

describe("the shopper's own region", () => {
  test("says how the page's language writes days, and no other language's region does", () => {
    assert.equal(regional("en", ["de-AT", "en-GB", "en-US"]), "en-GB");
    assert.equal(regional("en", ["de-AT", "en"]), "en");
    assert.equal(regional("en-GB", ["en-US"]), "en-GB");
  });
});

describe("a parcel", () => {
  const events = [{ status: "packed" }, { status: "shipped" }];

  test("is at the step the carrier last saw", () => {
    assert.equal(reached({ status: "packed" }), 0);
    assert.equal(reached({ status: "delivered", events }), 3);
    assert.equal(reached({ status: "delayed", events: [...events, { status: "out_for_delivery" }] }), 2);
    assert.equal(reached({ status: "lost", events }), 1);
    assert.equal(reached({ status: "returned", events: [...events, { status: "delivered" }] }), 2);
  });

  test("promises only days to come", () => {
    assert.deepEqual(headline({ status: "shipped", expected_on: "2025-03-06" }, isPast), {
      key: "parcel_headline.shipped_expected",
      date: "2025-03-06",
    });
    assert.deepEqual(headline({ status: "shipped", expected_on: "2025-03-01" }, isPast), {
      key: "parcel_headline.shipped",
      date: null,
    });
    assert.deepEqual(headline({ status: "lost", expected_on: "2025-03-06" }, isPast), {
      key: "parcel_headline.lost",
      date: null,
    });
    assert.deepEqual(headline({ status: "delivered", delivered_on: "2025-03-01" }, isPast), {
      key: "parcel_headline.delivered_on",
      date: "2025-03-01",
    });
  });
});
