// @ts-check
import { stockView } from "./boxes/stock_views.js";

/**
 * A box of widgets where the host has models for stock ones, but makes no views of them.
 */

/** @param {{model: any, el: HTMLElement, host: any, signal?: AbortSignal}} context */
async function renderBox({ model, el, host, signal }) {
  const manager = model.widget_manager;
  const say = (/** @type {object} */ words) => model.send(words);
  el.append(await stockView(model.get("box"), { manager, host, say, signal }));
}

export default { render: renderBox };
