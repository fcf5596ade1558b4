// Which expressions are true of which resources, worked out by HL7's FHIRPath in JavaScript.
// node evaluate_fhirpath.mjs NODE_MODULES <jobs.json
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const load = createRequire(join(process.argv[2], "here.js"));
const fhirpath = load("fhirpath");
const models = { R4: load("fhirpath/fhir-context/r4"), R5: load("fhirpath/fhir-context/r5") };
const jobs = JSON.parse(readFileSync(0, "utf8"));
const found = jobs.map(({ version, expressions, resources }) => {
  const compiled = expressions.map(each => fhirpath.compile(each, models[version]));
  return resources.map(resource => compiled.map(test => test(resource, { qr: resource, resource })));
});
process.stdout.write(JSON.stringify(found));
