// @ts-check

/**
 * The way to the platform: an object that it gives a window above the page, or above the window
 * that has opened the page.
 *
 * @typedef {object} Way
 * @property {(element: string) => string} get
 * @property {(pairs: Pair[]) => boolean} set  whether the platform took all of them
 * @property {() => boolean} commit
 * @property {() => void} end
 *
 * @typedef {[element: string, value: string | number]} Pair
 * @typedef {[begin: string, end: string, get: string, set: string, commit: string]} Calls
 */

// No page stands in more windows than that.
const MOST_WINDOWS = 100;

/**
 * Begin to talk to the platform; null where there is none, or it does not answer.
 *
 * @param {string} object  its name
 * @param {Calls} calls  what it calls its functions
 * @returns {Way | null}
 */
export function wayToPlatform(object, [begin, end, get, set, commit]) {
  const api = objectAbove(window, object) ?? objectAbove(window.opener, object);
  const call = (/** @type {string} */ name, /** @type {string[]} */ ...values) => {
    try {
      return `${api?.[name]?.(...values) ?? ""}`;
    } catch (error) {
      // A fault of the platform's does not end the practice.
      console.error(error);
      return "";
    }
  };
  if (call(begin, "") !== "true") return null;
  return {
    get: element => call(get, element),
    set: pairs => pairs.map(([element, value]) => call(set, element, `${value}`)).every(isTrue),
    commit: () => isTrue(call(commit, "")),
    end: () => {
      call(end, "");
    }
  };
}

const isTrue = (/** @type {string} */ answer) => answer === "true";

/**
 * @param {any} place  a window
 * @param {string} object
 */
function objectAbove(place, object) {
  for (let count = 0; place && count < MOST_WINDOWS; count += 1) {
    try {
      if (place[object]) return place[object];
    } catch {
      // A window of another site is no reason not to look further.
    }
    if (place === place.parent) return null;
    place = place.parent;
  }
  return null;
}
