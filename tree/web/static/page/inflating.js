// @ts-check

/**
 * What the page holds packed: JSON, deflated, in base64. Browsers have had the means since 2023.
 *
 * @param {string} packed
 */
export async function inflated(packed) {
  const bytes = Uint8Array.from(atob(packed), letter => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}
