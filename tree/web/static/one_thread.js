// @ts-check
/**
 * Reply to Python at the beginning, and whenever it asks. `one_thread.py` says why.
 *
 * @param {{model: any}} context
 */
function replyToPython({ model }) {
  const reply = () => model.send({});
  model.on("msg:custom", reply);
  reply();
  return () => model.off("msg:custom", reply);
}

export default { initialize: replyToPython };
