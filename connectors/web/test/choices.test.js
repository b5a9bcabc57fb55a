import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { grouped } from "../src/choices.js";

const named = (...titles) => titles.map((title) => ({ title, token: title }));
const sizes = (colour) => ["S", "M", "L", "XL"].map((size) => `${colour} · ${size}`);

describe("choices of two parts", () => {
  test("are brought together by the first, in the order they came", () => {
    const groups = grouped(named(...sizes("sand"), ...sizes("blue")));
    assert.deepEqual(
      groups.map(([name, members]) => [name, members.map(({ rest }) => rest)]),
      [
        ["sand", ["S", "M", "L", "XL"]],
        ["blue", ["S", "M", "L", "XL"]],
      ],
    );
    assert.equal(groups[1][1][0].choice.title, "blue · S");
  });

  test("stay as they are where they are few, or all differ", () => {
    assert.equal(grouped(named(...sizes("sand"))), null);
    assert.equal(grouped(named(..."abcdefgh".split("").map((colour) => `${colour} · M`))), null);
  });

  test("stay as they are where one of them has another form", () => {
    assert.equal(grouped(named(...sizes("sand"), ...sizes("blue"), "None of these")), null);
    assert.equal(grouped(named(...sizes("sand"), ...sizes("blue"), "blue · M · wide")), null);
  });
});
