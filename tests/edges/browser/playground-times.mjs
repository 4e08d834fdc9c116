// How long the playground takes until its first decision, as a share of what Pyodide itself takes to start:
// `node playground-times.mjs [TIMES]`, with everything kept by the browser, as after a first visit.
import {join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {launch} from './browser.mjs';
import {serve} from './serving.mjs';

const server = await serve(join(resolve(fileURLToPath(import.meta.url), '../../../..'), 'docs/playground'));
const browser = await launch();
const context = await browser.newContext();
context.setDefaultTimeout(300_000);
const page = await context.newPage();
await page.goto(`${server.url}app/#example=mls-nearly-there`);
await page.waitForSelector('html[data-kept]');
const shares = [];
for (let number = 0; number < Number(process.argv[2] ?? 7); number += 1) {
  await page.reload();
  await page.waitForSelector('html[data-kept]');
  const {python, package: own, last} = JSON.parse(await page.evaluate(() => document.documentElement.dataset.ready));
  shares.push((own + last) / python);
  console.log(`Python ${python.toFixed(0)} ms, the package ${own.toFixed(0)} ms, the first decision ${last.toFixed(0)} ms`);
}
shares.sort((a, b) => a - b);
console.log(`after Python has started, the first decision takes ${(100 * shares[Math.floor(shares.length / 2)]).toFixed(0)} % of that again `
  + `(median of ${shares.length}; ${shares.map(share => (100 * share).toFixed(0)).join(', ')})`);
await browser.close();
server.close();
