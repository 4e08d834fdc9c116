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
const several = /several|mls-and-sbb|no-end-date|manifest|^form/; // two credentials, or a list that is the answer
const undated = /^(compare-tables|decide-no-end-date|exam-pbt-passed|reports|value-(?!credential)|verify|what-if)/;
const idle = new RegExp('^(appeal|audit$|changes|compare|designation|explain-(met|several)|form$|form-several|front|inactive|'
  + 'manifest|participation|plan-no|policy|rejection|slack|stacked|stopping|value-(?!credential)|verify|what-if)');
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const only = process.env.ONLY ?? '';
const open = tab => tab.evaluate(() => document.querySelectorAll('details').forEach(part => { part.open = true; }));

test('there is a page of every kind of report', () => {
  assert.ok(whole.length > 40, String(whole.length));
  assert.equal(summaries.length, whole.length);
});

for (const page of whole.filter(page => page.name.includes(only))) {
  test(page.name, async t => {
    const tab = await browser.newPage({viewport: {width: 360, height: 640}});
    t.after(() => tab.close());
    await tab.goto(page.url);

    await t.test('the first screen of a phone holds the verdict, the last day and the first step', async () => {
      assert.deepEqual(await tab.evaluate(belowTheFold), []);
      assert.deepEqual(await tab.evaluate(stated), {day: !undated.test(page.name), step: !idle.test(page.name)});
    });

    await t.test('the keyboard opens what is folded, and reaches what scrolls', async () => {
      if (await tab.locator('summary').count()) {
        const before = await tab.evaluate(() => document.querySelector('details').open);
        await tab.focus('summary');
        await tab.keyboard.press('Enter');
        assert.notEqual(await tab.evaluate(() => document.querySelector('details').open), before);
      }
      assert.ok(await tab.evaluate(() => [...document.querySelectorAll('.scroll')].every(part => part.tabIndex === 0)));
    });

    await t.test('on paper everything is open, and each page names what it is about', async () => {
      await shown(tab, {media: 'print'});
      assert.deepEqual(await tab.evaluate(hidden), []);
      const style = await tab.evaluate(() => document.querySelector('style').textContent);
      assert.match(style, /@page\{size:letter;.*@top-left\{content:".+".*counter\(page\)/);
      assert.notEqual(await tab.title(), 'cmprules');
      await shown(tab, {media: 'screen'});
    });

    await open(tab);
    for (const width of widths) {
      await t.test(`at ${width} px no page is wider than its screen, and no text is smaller than 11 px`, async () => {
        await tab.setViewportSize({width, height: 800});
        const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${wide} px on a screen of ${width}`);
        assert.deepEqual(await tab.evaluate(smallTexts), []);
      });
    }

    await tab.evaluate(axe);
    for (const colorScheme of schemes) {
      await t.test(`an accessibility engine finds nothing in ${colorScheme} colors`, async () => {
        await shown(tab, {media: 'screen', colorScheme});
        const found = await tab.evaluate(() => globalThis.axe.run());
        assert.deepEqual(found.violations.map(one => [one.id, one.nodes[0].html.slice(0, 200)]), []);
      });
    }
  });
}

for (const page of summaries.filter(page => page.name.includes(only))) {
  test(`${page.name}: a summary is one page of paper`, async t => {
    const tab = await browser.newPage();
    t.after(() => tab.close());
    await tab.goto(page.url);
    const paper = await tab.pdf({preferCSSPageSize: true});
    const sheets = paper.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
    assert.ok(sheets <= (several.test(page.name) ? 2 : 1), `${sheets} pages`);
  });
}

test('what these tests look for is found where it is', async t => {
  const tab = await browser.newPage({viewport: {width: 360, height: 640}});
  t.after(() => tab.close());
  await tab.setContent('<h1 style="margin-top:700px">T</h1><p class="verdict"><strong>V</strong></p>'
    + '<p style="font-size:10px;color:#aaa;background:#fff">small and pale</p><div style="width:500px">wide</div>'
    + '<details><summary>Folded</summary><p>away</p></details>');
  assert.deepEqual(await tab.evaluate(belowTheFold), ['title', 'verdict']);
  assert.deepEqual(await tab.evaluate(stated), {day: false, step: false});
  assert.equal((await tab.evaluate(smallTexts)).length, 1);
  assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth) > 360);
  assert.deepEqual(await tab.evaluate(hidden), ['Folded']);
  await tab.evaluate(axe);
  const found = await tab.evaluate(() => globalThis.axe.run());
  assert.ok(found.violations.some(one => one.id === 'color-contrast'));
});

// Show a page as on paper or on a screen, and wait until it is shown so.
async function shown(tab, media) {
  await tab.emulateMedia(media);
  await tab.waitForFunction(wanted => matchMedia(wanted.media).matches
    && (!wanted.colorScheme || matchMedia(`(prefers-color-scheme: ${wanted.colorScheme})`).matches), media);
}

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

// Whether a last day and a first step are stated at all.
function stated() {
  return {day: [...document.querySelectorAll('.facts dt')].some(name => /last day/i.test(name.textContent)),
    step: Boolean(document.querySelector('.steps li'))};
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
