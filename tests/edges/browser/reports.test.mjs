// Every report in a real browser: on a phone, a tablet and a desk, light and dark, and on Letter paper.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {after, before, test} from 'node:test';
import {launch, reports, schemes, widths} from './browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf-8');
const pages = reports();
const whole = pages.filter(page => !page.name.endsWith('.summary'));
const summaries = pages.filter(page => page.name.endsWith('.summary'));
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

async function opened(page, run, {width = 360, height = 640, colorScheme = 'light', unfold = false} = {}) {
  const tab = await browser.newPage({colorScheme, viewport: {width, height}});
  try {
    await tab.goto(page.url);
    if (unfold) await tab.evaluate(() => document.querySelectorAll('details').forEach(part => { part.open = true; }));
    return await run(tab);
  } finally {
    await tab.close();
  }
}

test('there is a page of every kind of report', () => {
  assert.ok(whole.length > 40, String(whole.length));
  assert.equal(summaries.length, whole.length);
});

for (const page of whole) {
  test(`${page.name}: no page is wider than its screen, and no text is smaller than 11 px`, async () => {
    for (const width of widths) {
      await opened(page, async tab => {
        const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${wide} px on a screen of ${width}`);
        assert.deepEqual(await tab.evaluate(smallTexts), []);
      }, {width, unfold: true});
    }
  });

  test(`${page.name}: the first screen of a phone holds the verdict, the last day and the first step`, async () => {
    await opened(page, async tab => assert.deepEqual(await tab.evaluate(belowTheFold), []));
  });

  test(`${page.name}: an accessibility engine finds nothing, light or dark, folded or not`, async () => {
    for (const colorScheme of schemes) {
      await opened(page, async tab => {
        await tab.evaluate(axe);
        const found = await tab.evaluate(() => globalThis.axe.run());
        assert.deepEqual(found.violations.map(one => [one.id, one.nodes[0].html.slice(0, 200)]), []);
      }, {width: 768, colorScheme, unfold: true});
    }
  });

  test(`${page.name}: the keyboard opens what is folded, and reaches what scrolls`, async () => {
    await opened(page, async tab => {
      if (!await tab.evaluate(() => document.querySelector('summary'))) return;
      await tab.focus('summary');
      const before = await tab.evaluate(() => document.querySelector('details').open);
      await tab.keyboard.press('Enter');
      assert.notEqual(await tab.evaluate(() => document.querySelector('details').open), before);
      assert.ok(await tab.evaluate(() => [...document.querySelectorAll('.scroll')].every(part => part.tabIndex === 0)));
    });
  });

  test(`${page.name}: on paper everything is open, and every page names what it is about`, async () => {
    await opened(page, async tab => {
      await tab.emulateMedia({media: 'print'});
      assert.deepEqual(await tab.evaluate(hidden), []);
      const style = await tab.evaluate(() => document.querySelector('style').textContent);
      assert.match(style, /@page\{size:letter;.*@top-left\{content:".+".*counter\(page\)/);
      assert.notEqual(await tab.title(), 'cmprules');
    }, {width: 816});
  });
}

for (const page of summaries) {
  test(`${page.name}: a summary is one page of paper`, async () => {
    await opened(page, async tab => {
      const paper = await tab.pdf({preferCSSPageSize: true});
      const sheets = paper.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
      assert.ok(sheets <= (long.has(page.name) ? 2 : 1), `${sheets} pages`);
    }, {width: 816});
  });
}

const long = new Set();

// The texts that are drawn smaller than 11 px, with those in drawings as they appear on the screen.
function smallTexts() {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.textContent.trim() || parent.closest('style,title,desc,.hidden')) continue;
    const scale = parent.getScreenCTM ? parent.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(parent).fontSize) * scale;
    if (size < 11) found.push(`${size.toFixed(1)}: ${node.textContent.trim().slice(0, 40)}`);
  }
  return found;
}

// What of the answer lies below the first screen.
function belowTheFold() {
  const dated = [...document.querySelectorAll('.facts dt')].find(name => /last day/i.test(name.textContent));
  const parts = {title: document.querySelector('h1'), verdict: document.querySelector('.verdict strong'),
    'last day': dated && dated.nextElementSibling, 'first step': document.querySelector('.steps li')};
  return Object.entries(parts)
    .filter(([name, part]) => (part || name === 'title' || name === 'verdict')
      && !(part && part.getBoundingClientRect().bottom <= innerHeight))
    .map(([name]) => name);
}

// What is folded away on paper.
function hidden() {
  return [...document.querySelectorAll('details')]
    .filter(part => !part.querySelector(':scope > :not(summary)').checkVisibility({contentVisibilityAuto: true}))
    .map(part => part.querySelector('summary').textContent);
}
