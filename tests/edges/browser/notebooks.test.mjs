// The executed notebooks of the docs as JupyterLab shows them, light and dark; NOTEBOOKS names the folder they are in.
// Then what they show, and every answer that shows itself, in a stand-in for the page of VS Code.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {after, before, test} from 'node:test';
import {launch, listed, shownAnswers} from './browser.mjs';
import {kinds, outputs} from './vscode.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf-8');
const pages = process.env.NOTEBOOKS ? listed(process.env.NOTEBOOKS) : [];
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

test('there are three notebooks, each light and dark', () => {
  assert.deepEqual(pages.map(page => page.name),
    ['one-person-dark', 'one-person-light', 'staff-dark', 'staff-light', 'what-if-dark', 'what-if-light']);
});

for (const page of pages) {
  test(page.name, async t => {
    const tab = await browser.newPage({viewport: {width: 1000, height: 800}});
    t.after(() => tab.close());
    await tab.route('**', route => route.request().url().startsWith('file:') ? route.continue() : route.abort());
    await tab.goto(page.url);

    await t.test('words stand left and numbers right, whatever the notebook makes of tables', async () => {
      assert.deepEqual(await tab.evaluate(misplaced), []);
    });

    await t.test('the names of facts stand above their values', async () => {
      assert.deepEqual(await tab.evaluate(crowdedFacts), []);
    });

    await t.test('nothing is wider than its cell, and no text is smaller than 11 px', async () => {
      assert.deepEqual(await tab.evaluate(wide), []);
    });

    await tab.evaluate(axe);
    await t.test('every word has contrast enough', async () => {
      await tab.evaluate(open);
      const found = await tab.evaluate(() => globalThis.axe.run('article.cmprules', {runOnly: ['color-contrast']}));
      assert.deepEqual(found.violations.map(one => one.nodes.map(node => node.html.slice(0, 100))), []);
    });
  });
}

const executed = ['one-person', 'staff', 'what-if'].flatMap(name =>
  JSON.parse(readFileSync(new URL(`../../../docs/notebooks/${name}.ipynb`, import.meta.url), 'utf-8')).cells)
  .flatMap(cell => cell.outputs ?? []).map(output => [output.data?.['text/html'] ?? []].flat().join('')).filter(Boolean);
const answers = shownAnswers();

for (const kind of kinds) {
  test(`outputs in ${kind}`, async t => {
    const tab = await browser.newPage({viewport: {width: 1000, height: 800}});
    t.after(() => tab.close());

    for (const [what, pieces, least] of [['the notebooks', executed, 12], ['every answer', answers, 60]]) {
      await t.test(`${what}: words left, numbers right, lines between rows, nothing wide or small`, async () => {
        assert.ok(pieces.length >= least, String(pieces.length));
        await tab.setContent(outputs(pieces, kind));
        await tab.evaluate(open);
        for (const look of [misplaced, crowdedFacts, wide, unruled]) assert.deepEqual(await tab.evaluate(look), []);
      });
    }

    await t.test('every word of the notebooks has contrast enough, and what has the focus is framed', async () => {
      await tab.setContent(outputs(executed, kind));
      await tab.evaluate(open);
      await tab.evaluate(axe);
      const found = await tab.evaluate(() => globalThis.axe.run('#container', {runOnly: ['color-contrast']}));
      assert.deepEqual(found.violations.map(one => one.nodes.map(node => node.html.slice(0, 100))), []);
      await tab.locator('article.cmprules summary').first().focus();
      await tab.keyboard.press('Shift');  // the keyboard is in use, so the focus is shown
      assert.equal(await tab.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'solid');
    });
  });
}

test('what these tests look for is found where it is', async t => {
  const tab = await browser.newPage({viewport: {width: 400, height: 600}});
  t.after(() => tab.close());
  await tab.setContent('<article class="cmprules"><div style="width:300px;font-size:10px">'
    + '<table><tr><td style="text-align:right">word</td><td class="number">1</td></tr></table>'
    + '<dl class="facts"><div><dt style="float:left;width:20px">Last day</dt><dd>May 31</dd></div></dl>'
    + '<div style="width:600px">wide</div></div></article>');
  assert.deepEqual(await tab.evaluate(misplaced), ['word', '1']);
  assert.deepEqual(await tab.evaluate(crowdedFacts), ['Last day']);
  assert.ok((await tab.evaluate(wide)).length >= 2);
  assert.deepEqual(await tab.evaluate(unruled), ['word']);
});

function open() {
  document.querySelectorAll('details').forEach(part => { part.open = true; });
}

// Tables whose rows have no line below.
function unruled() {
  return [...document.querySelectorAll('article.cmprules table')].map(table => table.querySelector('td'))
    .filter(cell => cell && getComputedStyle(cell).borderBottomStyle !== 'solid').map(cell => cell.textContent);
}

// Cells of words that do not begin at the left, and numbers that do not end at the right.
function misplaced() {
  return [...document.querySelectorAll('article.cmprules :is(th, td)')]
    .filter(cell => getComputedStyle(cell).textAlign !== (cell.classList.contains('number') ? 'right' : 'left'))
    .map(cell => cell.textContent);
}

// Facts whose name does not stand above its value.
function crowdedFacts() {
  return [...document.querySelectorAll('article.cmprules .facts dt')]
    .filter(name => name.getBoundingClientRect().bottom > name.nextElementSibling.getBoundingClientRect().top + 1)
    .map(name => name.textContent);
}

// Reports wider than what they stand in, and texts that are too small.
function wide() {
  const reports = [...document.querySelectorAll('article.cmprules')];
  const small = reports.flatMap(report => [...report.querySelectorAll('*')])
    .filter(part => part.childNodes.length && !part.closest('svg,.hidden') && parseFloat(getComputedStyle(part).fontSize) < 11);
  return [...reports.filter(report => report.scrollWidth > report.clientWidth + 1).map(report => report.textContent.slice(0, 40)),
    ...small.map(part => part.textContent.slice(0, 40))];
}
