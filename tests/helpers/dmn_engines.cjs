// Puts cases to engines for DMN from npm: node dmn_engines.cjs MODULES, with a message on standard
// input, {source, cases: [{decision, known}], engine}. Prints what comes out, case by case.
const fs = require("node:fs");
const path = require("node:path");

const modules = path.resolve(process.argv[2]);
const load = (name) => require(require.resolve(name, { paths: [modules] }));
const { source, cases, engine } = JSON.parse(fs.readFileSync(0, "utf8"));

// dmn-eval-js reads the namespace of DMN 1.1 alone; what stands in a table is the same.
async function withDmnEvalJs() {
  load("loglevel").getLogger("dmn-eval-js").setLevel("silent");
  const { decisionTable } = load("@hbtgmbh/dmn-eval-js");
  const older = source
    .replace("https://www.omg.org/spec/DMN/20191111/MODEL/", "http://www.omg.org/spec/DMN/20151101/dmn.xsd")
    .replace(/<itemDefinition .*?<\/itemDefinition>|<annotationEntry>.*?<\/annotationEntry>|<annotation [^>]*>|<dmndi:DMNDI.*<\/dmndi:DMNDI>/gs, "");
  const decisions = await decisionTable.parseDmnXml(older);
  return cases.map(({ decision, known }) => {
    const made = decisionTable.evaluateDecision(decision, decisions, { ...known });
    return Object.keys(made).length ? made : null;
  });
}

// dmn-moddle reads the file, feelin says what holds; of the table only that the hit policy is
// unique is left to us.
async function withFeelin() {
  const { DmnModdle } = await import(require.resolve("dmn-moddle", { paths: [modules] }));
  const { unaryTest, evaluate } = await import(require.resolve("feelin", { paths: [modules] }));
  const { rootElement, warnings } = await new DmnModdle().fromXML(source);
  if (warnings.length) throw new Error(JSON.stringify(warnings.map(String)));
  const value = (result) => (result && typeof result === "object" && "value" in result ? result.value : result);
  return cases.map(({ decision, known }) => {
    const { decisionLogic } = rootElement.drgElement.find((each) => each.id === decision);
    const context = { ...known };
    const answers = (decisionLogic.input ?? []).map((each) => value(evaluate(each.inputExpression.text, context)));
    const holding = decisionLogic.rule.filter((rule) =>
      (rule.inputEntry ?? []).every((entry, at) => value(unaryTest(entry.text, { ...context, "?": answers[at] })) === true));
    if (holding.length !== 1) throw new Error(`${holding.length} rules hold for ${JSON.stringify(known)}`);
    return Object.fromEntries(decisionLogic.output.map((output, at) =>
      [output.name, value(evaluate(holding[0].outputEntry[at].text, context))]));
  });
}

(engine === "feelin" ? withFeelin() : withDmnEvalJs()).then(
  (found) => process.stdout.write(JSON.stringify(found)),
  (error) => { process.stderr.write(String(error.stack)); process.exitCode = 1; },
);
