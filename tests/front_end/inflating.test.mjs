import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { inflate } from "../../tree/web/static/page/inflating.js";

/** Numbers that look like chance and are the same in every run. */
function* numbers(seed) {
  for (let state = seed; ; ) {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    yield state / 2 ** 31;
  }
}

/** Text in which some things come again, near and far, and others never do. */
function written(seed, length) {
  const chance = numbers(seed);
  let text = "";
  while (text.length < length) {
    const [kind, at, size] = [chance.next().value, chance.next().value, chance.next().value];
    if (kind < 0.3)
      text += JSON.stringify({ [String.fromCodePoint(33 + Math.floor(at * 3000))]: size });
    else text += text.substr(at * text.length, size * 400) || "begin";
  }
  return text.slice(0, length);
}

test("what zlib deflates is found again", () => {
  for (let seed = 0; seed < 24; seed++) {
    const text = JSON.stringify(written(seed, seed * seed * 40));
    for (const level of [1, 6, 9]) {
      const packed = deflateSync(text, { level });
      assert.equal(Buffer.from(inflate(packed)).toString(), text, `${seed}, ${level}`);
    }
  }
});

test("what was cut off is an error, and takes no time", () => {
  const packed = deflateSync(written(7, 5000));
  for (let end = 2; end < packed.length - 4; end += 11) {
    assert.throws(() => inflate(packed.subarray(0, end)), RangeError);
  }
});
