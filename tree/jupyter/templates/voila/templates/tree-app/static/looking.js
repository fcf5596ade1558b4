// Says to the app that somebody looks at this page, and to the student when its session has ended.

/**
 * What the page was given.
 *
 * @returns {{kernelId: string, baseUrl: string, pulse: number, way: string, words: Record<string, string>}}
 */
function ownConfig() {
  return JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
}

/** A bar above the page: why nothing answers any more, and the way on. */
function showEnded() {
  const { words: own, way } = ownConfig();
  const bar = document.createElement("div");
  bar.dir = way;
  bar.className = "app-ended";
  bar.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent = own.ended;
  const button = document.createElement("button");
  button.textContent = own.on;
  button.addEventListener("click", () => location.reload());
  bar.append(words, button);
  document.body.prepend(bar);
  button.focus();
}

function watchSession() {
  const { kernelId, baseUrl, pulse } = ownConfig();
  if (!kernelId) return;
  const look = async () => {
    // A lesson waits while its teacher shows something else.
    if (document.hidden && !document.querySelector(".tree-lesson")) return;
    const answer = await fetch(`${baseUrl}api/kernels/${kernelId}`).catch(() => null);
    if (answer?.status !== 404 || !timer) return;
    clearInterval(timer);
    timer = 0;
    showEnded();
  };
  let timer = setInterval(look, pulse * 1000);
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pageshow", look);
}

// The page comes bit by bit, its session's name before its end.
window.addEventListener("load", watchSession);
