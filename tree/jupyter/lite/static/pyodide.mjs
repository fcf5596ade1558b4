// What the kernel's worker loads for Pyodide: Pyodide itself, and beside it the layout program.
// Python draws without waiting, and a WASM program can only be waited for here.
// @ts-expect-error: build.py puts it beside this file
import { loadPyodide as loadAlone } from "./pyodide-alone.mjs";
// @ts-expect-error: and this
import { instance } from "./viz.js";

// The kernel asks for packages that the site does without, and would look for them elsewhere.
const WITHOUT = ["jedi"];
const LAST_STEP = "import pyodide_kernel";
const COMPLETE_WITHOUT = "pyodide_kernel.ipython_shell.Completer.use_jedi = False";

/** Says on the page how far Python is, to who listens there. */
const channel = new BroadcastChannel("python-in-this-page");

/** @param {string} state */
const tell = state => channel.postMessage(state);

/** @param {{ packages: string[] }} options */
export async function loadPyodide(options) {
  tell("loading");
  const packages = options.packages.filter(name => !WITHOUT.includes(name));
  const [pyodide, viz] = await Promise.all([loadAlone({ ...options, packages }), instance()]);
  tell("starting");
  pyodide.registerJsModule("layout_in_browser", {
    /** @param {string} source */
    svg: source => {
      const { status, output, errors } = viz.render(source, { format: "svg" });
      const messages = errors.map((/** @type {Error} */ error) => error.message);
      return [status === "success" ? output : "", messages.join("; ")];
    }
  });
  const run = pyodide.runPythonAsync;
  // The kernel takes code after its last step.
  pyodide.runPythonAsync = async (/** @type {string} */ code, /** @type {unknown[]} */ ...more) => {
    const isLast = code.includes(LAST_STEP);
    const result = await run.call(pyodide, isLast ? `${code}\n${COMPLETE_WITHOUT}` : code, ...more);
    if (isLast) tell("ready");
    return result;
  };
  return pyodide;
}
