// The pages of the site before an accessibility engine: in light colors on a phone and on a desk, and in dark ones on
// a desk.  SITE is the folder that mkdocs wrote.  Tried are the first page of every folder and every fiftieth page;
// with EVERY=1 all of them, with ONLY those whose name has a part.
import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import {availableParallelism} from 'node:os';
import {dirname} from 'node:path';
import {after, before, test} from 'node:test';
import {launch} from './browser.mjs';
import {serve} from './serving.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf-8');
const everything = {resultTypes: ['violations'], preload: false};  // what is loaded serves the turning of a screen alone
const colors = {...everything, runOnly: ['color-contrast', 'link-in-text-block']};
const all = readdirSync(process.env.SITE, {recursive: true}).filter(name => name.endsWith('.html')).sort();
const folders = new Set();
const first = name => !folders.has(dirname(name)) && folders.add(dirname(name));
const {EVERY, ONLY} = process.env;
const names = all.filter((name, number) => ONLY ? name.includes(ONLY) : first(name) || EVERY || number % 50 === 0);
let browser, site;
before(async () => { [browser, site] = await Promise.all([launch(), serve(process.env.SITE)]); });
after(() => Promise.all([browser?.close(), site?.close()]));

test(`axe finds nothing on ${names.length} of ${all.length} pages`, async () => {
  const found = [], queue = [...names];
  await Promise.all(Array.from({length: availableParallelism()}, async () => {
    const [light, dark] = [await opened('light'), await opened('dark')];
    for (let name = queue.shift(); name; name = queue.shift()) {
      found.push(...await faults(light, name, everything, 360, 1280), ...await faults(dark, name, colors, 1280));
    }
    await Promise.all([light.context().close(), dark.context().close()]);
  }));
  assert.deepEqual(found, []);
});

test('what these tests look for is found where it is', async () => {
  const page = '<html lang="en"><title>T</title><style>@media (prefers-color-scheme: dark) {p {background: #111}}</style>'
    + '<main><h1>T</h1><p>dark on dark</p><div style="height:9px;overflow:auto"><p style="width:500px">wide</p></div></main>';
  for (const [scheme, rules, expected] of [['light', everything, ['scrollable-region-focusable div']],
    ['dark', colors, ['color-contrast main > p', 'color-contrast div > p']]]) {
    const tab = await opened(scheme);
    await tab.setContent(page);
    await tab.evaluate(axe);
    assert.deepEqual(await violations(tab, rules), expected);
    await tab.context().close();
  }
});

// A tab that reaches nothing but the site, and does not move.
async function opened(colorScheme) {
  const context = await browser.newContext({colorScheme, reducedMotion: 'reduce'});
  context.setDefaultTimeout(180_000);  // for machines that do much else
  await context.route(url => url.origin !== new URL(site.url).origin, route => route.abort());
  return context.newPage();
}

// What is found on a page, on screens of these widths.
async function faults(tab, name, rules, ...widths) {
  const found = [];
  await tab.goto(site.url + name);
  await tab.evaluate(axe);
  for (const width of widths) {
    await tab.setViewportSize({width, height: 800});
    found.push(...(await violations(tab, rules)).map(one => `${name} ${width} ${rules === colors ? 'dark' : 'light'}: ${one}`));
  }
  return found;
}

async function violations(tab, rules) {
  const found = await tab.evaluate(wanted => globalThis.axe.run(wanted), rules);
  return found.violations.flatMap(one => one.nodes.map(node => `${one.id} ${node.target}`));
}
