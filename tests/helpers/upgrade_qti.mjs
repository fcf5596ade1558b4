// Items of QTI 2.1 as QTI 3, by a converter that is not ours.
// node upgrade_qti.mjs NODE_MODULES <items.json
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { resolve } = createRequire(join(process.argv[2], "here.js"));
const file = resolve("@citolab/qti-convert/qti-convert-node");
const { convertQti2toQti3 } = await import(pathToFileURL(file).href);
const items = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await Promise.all(items.map(convertQti2toQti3))));
