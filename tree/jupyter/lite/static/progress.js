// One line at the foot of the page until Python can be used: what is happening, and for how long.
{
  const WORDS = {
    page: "Loading the page",
    loading: "Loading Python into this browser",
    starting: "Python is starting",
  };
  const line = document.createElement("p");
  line.setAttribute("role", "status");
  line.id = "python-progress";
  line.style.cssText =
    "position:fixed;z-index:99999;left:50%;bottom:2.5em;transform:translateX(-50%);margin:0;" +
    "padding:.6em 1.2em;border-radius:.4em;font:16px/1.4 sans-serif;color:#fff;background:#1a4a7a";
  const began = Date.now();
  let state = WORDS.page;

  const show = () => {
    const seconds = Math.round((Date.now() - began) / 1000);
    line.textContent = `${state} … ${seconds} s`;
  };
  const timer = setInterval(show, 1000);
  const end = () => {
    clearInterval(timer);
    line.remove();
  };

  const channel = new BroadcastChannel("python-in-this-page");
  channel.onmessage = ({ data }) => {
    if (data === "ready") {
      end();
      return;
    }
    state = WORDS[data] ?? state;
    show();
  };
  show();
  document.addEventListener("DOMContentLoaded", () => document.body.append(line));
}
