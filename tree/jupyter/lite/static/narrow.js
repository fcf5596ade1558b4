// On a phone JupyterLab's panels leave a notebook a sixth of the width. The app that shows nothing
// but the notebook has room, and a button that runs a cell: there is no Shift+Enter.
if (innerWidth < 600) {
  const { search, hash } = location;
  const app = new URLSearchParams(search).has("path") ? "notebooks" : "tree";
  location.replace(`../${app}/index.html${search}${hash}`);
}
