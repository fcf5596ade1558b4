// @ts-check

/**
 * What the page holds packed: JSON, deflated as zlib does it, in base64.
 *
 * Browsers have had means of their own since 2023; where there are none, it is done here.
 *
 * @param {string} packed
 */
export async function inflated(packed) {
  const bytes = Uint8Array.from(atob(packed), letter => letter.charCodeAt(0));
  if (typeof DecompressionStream === "undefined") {
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(inflate(bytes))));
  }
  // eslint-disable-next-line compat/compat -- asked for above
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

/** @typedef {number[][]} HuffmanCode for each length of a word, what its words stand for, in order */

// In this order the lengths of the words for lengths are sent.
const SENT = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/**
 * The canonical Huffman code in which each symbol has a word of this length; 0 for none.
 *
 * @param {number[]} lengths
 */
function codeOf(lengths) {
  /** @type {HuffmanCode} */
  const code = Array.from(Array(16), () => []);
  lengths.forEach((length, symbol) => length && code[length].push(symbol));
  return code;
}

/**
 * The bytes that zlib has deflated (RFC 1950 and 1951); of JSON, which it always makes smaller, so
 * that no part is stored as it is. An error where the end is missing.
 *
 * @param {Uint8Array} bytes
 */
export function inflate(bytes) {
  /** @type {number[]} */
  const found = [];
  // Two bytes of zlib's own come first.
  let at = 16;
  const bits = (/** @type {number} */ count) => {
    let value = 0;
    if (at >> 3 >= bytes.length) throw new RangeError("cut off");
    for (let i = 0; i < count; i++, at++) value |= ((bytes[at >> 3] >> (at & 7)) & 1) << i;
    return value;
  };
  const symbol = (/** @type {HuffmanCode} */ code) => {
    // How far the word lies behind the first one of its length.
    let behind = 0;
    for (let length = 1; ; length++) {
      behind = 2 * behind + bits(1);
      if (behind < code[length].length) return code[length][behind];
      behind -= code[length].length;
    }
  };
  /** A number that is sent as a step, and as bits; steps double after every few of them. */
  const stepped = (/** @type {number} */ step, /** @type {number} */ few) => {
    const more = Math.max(0, Math.floor(step / few) - 1);
    return (more ? few + (step % few) : step) * 2 ** more + bits(more);
  };
  const sentLengths = (/** @type {number} */ count, /** @type {HuffmanCode} */ code) => {
    /** @type {number[]} */
    const lengths = [];
    while (lengths.length < count) {
      const next = symbol(code);
      const again = next < 16 ? 1 : next < 18 ? 3 + bits(next - 14) : 11 + bits(7);
      const value = next < 16 ? next : next === 16 ? lengths[lengths.length - 1] : 0;
      lengths.push(...Array(again).fill(value));
    }
    return lengths;
  };
  const codes = (/** @type {number} */ kind) => {
    if (kind === 1) {
      const lengths = [144, 112, 24, 8].map((count, i) => Array(count).fill([8, 9, 7, 8][i]));
      return [lengths.flat(), Array(30).fill(5)];
    }
    const literals = 257 + bits(5);
    const all = literals + 1 + bits(5);
    const lengths = Array(19).fill(0);
    for (const length of SENT.slice(0, 4 + bits(4))) lengths[length] = bits(3);
    const sent = sentLengths(all, codeOf(lengths));
    return [sent.slice(0, literals), sent.slice(literals)];
  };
  for (let last = 0; !last; ) {
    last = bits(1);
    const [literals, distances] = codes(bits(2)).map(codeOf);
    for (let next = symbol(literals); next !== 256; next = symbol(literals)) {
      if (next < 256) found.push(next);
      else {
        const length = next === 285 ? 258 : 3 + stepped(next - 257, 4);
        const from = found.length - 1 - stepped(symbol(distances), 2);
        for (let i = 0; i < length; i++) found.push(found[from + i]);
      }
    }
  }
  return found;
}
