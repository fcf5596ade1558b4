// Firefox over WebDriver BiDi, for engines.py: one command a line on standard input, as JSON, and
// one answer a line. Puppeteer speaks it to Firefox itself, with no program between them.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [modules, firefox] = process.argv.slice(2);
const puppeteer = createRequire(`${modules}/`)("puppeteer-core");
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: firefox,
  headless: true,
  defaultViewport: { width: 1280, height: 900 },
  protocolTimeout: 600_000,
  // Nothing outside this computer is asked for.
  extraPrefsFirefox: { "network.dns.disabled": true }
});
const page = await browser.newPage();

const commands = {
  open: ({ url }) => page.goto(url).then(() => null),
  // The argument comes as JSON, and as JSON it goes back.
  run: ({ source, argument }) =>
    page.evaluate(`Promise.resolve((${source})(${JSON.stringify(argument)}))`),
  picture: ({ path }) => page.screenshot({ path }).then(() => null),
  version: () => browser.version()
};

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  let answer;
  try {
    answer = { value: (await commands[command.name](command)) ?? null };
  } catch (error) {
    answer = { error: `${error.message ?? error}` };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser.close();
