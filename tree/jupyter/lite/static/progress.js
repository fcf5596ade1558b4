// One line at the foot of the page until Python can be used: what is happening, and for how long.
// English, as the notebooks are and JupyterLab around them.
{
  /** @type {Record<string, string>} */
  const WORDS = {
    // JupyterLab drops what it is to run before it has a kernel.
    page: "Loading the page: please run no cell yet",
    loading: "Loading Python into this browser",
    starting: "Python is starting"
  };
  const line = document.createElement("p");
  line.id = "python-progress";
  line.style.cssText =
    "position:fixed;z-index:99999;left:50%;bottom:2.5em;transform:translateX(-50%);margin:0;" +
    "padding:.6em 1.2em;border-radius:.4em;font:16px/1.4 sans-serif;color:#fff;background:#1a4a7a";
  const state = document.createElement("span");
  state.setAttribute("role", "status");
  // Who listens hears of each step, not of each second.
  const seconds = document.createElement("span");
  seconds.setAttribute("aria-hidden", "true");
  line.append(state, seconds);

  const began = Date.now();
  /** @param {string} step */
  const show = step => {
    state.textContent = WORDS[step];
  };
  const count = () => {
    seconds.textContent = ` … ${Math.round((Date.now() - began) / 1000)} s`;
  };
  const timer = setInterval(count, 1000);

  const channel = new BroadcastChannel("python-in-this-page");
  channel.onmessage = ({ data }) => {
    if (data !== "ready") {
      show(data);
      return;
    }
    clearInterval(timer);
    line.remove();
    channel.close();
  };
  show("page");
  count();
  document.addEventListener("DOMContentLoaded", () => document.body.append(line));
}
