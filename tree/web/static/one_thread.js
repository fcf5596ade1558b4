// @ts-check
/**
 * Answers Python, at the beginning and whenever it asks: in the thread that hears this, it speaks
 * for all widgets of a panel. See `one_thread.py`.
 *
 * @param {{model: any}} context
 */
function answerPython({ model }) {
  const answer = () => model.send({});
  model.on("msg:custom", answer);
  answer();
  return () => model.off("msg:custom", answer);
}

export default { initialize: answerPython };
