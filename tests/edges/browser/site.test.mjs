// The site as it is opened from a disk, without a network: it asks for nothing from outside, its search finds a
// credential by every name, and no page of a kind is wider than a phone.  SITE is the folder that mkdocs wrote.
import assert from 'node:assert/strict';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {pathToFileURL} from 'node:url';
import {launch, schemes} from './browser.mjs';

const site = process.env.SITE;
const page = name => pathToFileURL(join(site, name)).href;
let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

// Open a page in a context that refuses the network; give what it asked for from outside.
async function opened(name, options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options});
  context.setDefaultTimeout(180_000);  // for machines that do much else
  const outside = [];
  await context.route(/^https?:/, route => { outside.push(route.request().url()); return route.abort(); });
  const tab = await context.newPage();
  await tab.goto(page(name));
  return {context, outside, tab};
}

test('the search finds a credential by a former code, a name and an everyday word', async () => {
  for (const [words, code] of [['MT', 'mls'], ['medical technologist', 'mls'], ['phlebotomist', 'pbt'],
    ['Qualification in Apheresis', 'qia']]) {
    const {context, outside, tab} = await opened('index.html');
    await tab.locator('input.md-search__input').first().click();
    await tab.keyboard.type(words);
    const links = tab.locator('.md-search-result__link:not([href*="#"])');
    await links.first().waitFor({state: 'attached'});
    const first = await links.evaluateAll(all => all.slice(0, 3).map(link => link.getAttribute('href').split('/').at(-1)));
    assert.ok(first.includes(`${code}.html`), `${words}: ${first}`);
    assert.deepEqual(outside, [], words);
    await context.close();
  }
});

test('pages ask for nothing from outside, and fit a phone', async () => {
  const names = ['index.html', 'credentials/index.html', 'credentials/mls.html', 'start/install.html',
    'reference/tables/sources.html', 'changelog.html'];
  for (const name of names) {
    const {context, outside, tab} = await opened(name, {viewport: {width: 360, height: 800}});
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 360, `${name} is ${wide} wide`);
    assert.deepEqual(outside, [], name);
    await context.close();
  }
});

test('the history of a credential is drawn in the colors of the page, whatever the system has', async () => {
  const {context, tab} = await opened('credentials/qihc.html', {colorScheme: 'light'});
  const corner = () => tab.locator('img[src*="history/"]').screenshot();
  const light = await corner();
  await tab.locator('label[title="Switch to the dark palette"]').click();
  await tab.waitForFunction(() => getComputedStyle(document.body).colorScheme === 'dark');
  assert.notDeepEqual(await corner(), light);
  await context.close();
  assert.ok(schemes.includes('dark'));
});
