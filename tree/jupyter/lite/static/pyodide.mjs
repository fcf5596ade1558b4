// What the kernel's worker loads for Pyodide: Pyodide itself, and beside it the layout program.
// Python draws without waiting, and a WASM program can only be waited for here.
import { loadPyodide as loadAlone } from "./pyodide-alone.mjs";

/** Says on the page how far Python is, to who listens there. */
const channel = new BroadcastChannel("python-in-this-page");

/** @param {string} words */
const tell = (words) => channel.postMessage(words);

async function layoutProgram() {
  const { instance } = await import("./viz.js");
  return instance();
}

/** @param {Record<string, unknown>} options */
export async function loadPyodide(options) {
  tell("loading");
  const [pyodide, viz] = await Promise.all([loadAlone(options), layoutProgram()]);
  tell("starting");
  pyodide.registerJsModule("layout_in_browser", {
    /** @param {string} source */
    svg: (source) => {
      const { status, output, errors } = viz.render(source, { format: "svg" });
      const words = errors.map((/** @type {{ message: string }} */ each) => each.message);
      return [status === "success" ? output : "", words.join("; ")];
    },
  });
  // The kernel's last step before it takes code.
  const run = pyodide.runPythonAsync;
  pyodide.runPythonAsync = async (/** @type {string} */ code, /** @type {unknown[]} */ ...more) => {
    const found = await run.call(pyodide, code, ...more);
    if (code.includes("import pyodide_kernel")) tell("ready");
    return found;
  };
  return pyodide;
}
