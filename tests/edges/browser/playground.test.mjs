// The playground in a real browser: six journeys, the answers of CPython, nothing sent, nothing that axe finds.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {launch, schemes, widths} from './browser.mjs';
import {serve} from './serving.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../../../..');
const folder = join(root, 'docs/playground');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf-8');
const on = '2026-03-10';
const patience = 180_000;
let browser, context, server, page;

before(async () => {
  server = await serve(folder);
  browser = await launch();
  context = await browser.newContext({viewport: {width: 1280, height: 900}, acceptDownloads: true, locale: 'en-US'});
  context.setDefaultTimeout(patience);
  page = await opened();
});
after(async () => { await browser?.close(); server?.close(); });

// Open the page at a place of its address, and wait until it answers.
async function opened(hash = '', wanted = 'html[data-kept]') {
  const tab = await context.newPage();
  tab.errors = [];
  tab.on('pageerror', error => tab.errors.push(String(error)));
  tab.on('console', message => { if (message.type() === 'error') tab.errors.push(message.text()); });
  await tab.goto(`${server.url}app/${hash}`);
  await tab.waitForSelector(wanted);
  return tab;
}

// Wait until something holds on the page; its policy forbids what Playwright does for that.
async function until(tab, holds, tries = patience / 40) {
  for (let number = 0; number < tries; number += 1) {
    if (await tab.evaluate(holds)) return;
    await new Promise(done => setTimeout(done, 40));
  }
  throw new Error(`it did not come to hold: ${holds}`);
}

const settled = tab => until(tab, () => {
  const {busy, again, timer, python} = globalThis.playground;
  return !busy && !again && timer === 0 && !python?.waiting.size;
});
const verdicts = async tab => { await settled(tab); return tab.locator('#verdicts').textContent(); };
const reported = async tab => { await settled(tab); return tab.locator('#report').innerText(); };

// Begin a record: a credential, its last day, and the day of the answer.
async function begun(tab, {code = 'PBT(ASCP)', ends = '2026-05-31'} = {}) {
  await tab.click('#clear');
  await tab.getByLabel('Credential', {exact: true}).fill(code);
  await tab.getByLabel('Last day').fill(ends);
  await tab.getByLabel('Day of the answer').fill(on);
  await settled(tab);
}

const give = async (tab, name, text) => {
  await tab.setInputFiles('#file', {name, mimeType: 'text/plain', buffer: Buffer.from(text)});
  await tab.waitForSelector('#files .reading, #files .fault');
  await settled(tab);
};

const transcript = `Course Title,Date Completed,Contact Hours,Subject Area
Safe needles,02/05/2024,1,Safety
Ethics at the bench,02/06/2024,1,Ethics
Order of draw,02/07/2024,2,Phlebotomy
Transport,02/13/2024,4,General
Pediatric draws,2024-02-30,1,Phlebotomy
`;

test('a transcript with an odd date: it is asked about beside its row, and typed in', async () => {
  await begun(page);
  await give(page, 'transcript.csv', transcript);
  assert.match(await page.locator('#activities .note').first().textContent(), /02\/05\/2024' is 2024-02-05 or 2024-05-02/);
  assert.doesNotMatch(await page.locator('#activities').textContent(), /--dates/);
  assert.match(await page.locator('#files .left').textContent(), /no day '2024-02-30'/);

  await page.getByLabel('Days in digits').selectOption('us');
  await until(page, () => !document.querySelector('#activities .note'));
  assert.match(await page.locator('#activities').innerText(), /2024-02-05 · 1 contact hour · Safety/);
  assert.match(await verdicts(page), /not met/);

  await page.getByRole('button', {name: 'Type it in: row 6'}).click();
  const row = page.locator('#activities details[open]');
  await row.getByLabel('Completed on').fill('2024-02-29');
  await row.getByLabel('Amount').fill('1');
  assert.match(await verdicts(page), /Requirements met/);
  assert.deepEqual(page.errors, []);
});

test('what is changed by hand stays when the files are read again, and "undo" goes back', async () => {
  await begun(page);
  await give(page, 'transcript.csv', transcript);
  await page.locator('#activities summary', {hasText: 'Transport'}).first().click();
  await page.locator('#activities details[open]').getByLabel('Amount').last().fill('3.5');
  await page.getByLabel('Days in digits').selectOption('us');
  await until(page, () => !document.querySelector('#activities .note'));
  assert.match(await page.locator('#activities').innerText(), /Transport\n2024-02-13 · 3.5 contact hours/);

  await page.click('#undo');
  await settled(page);
  assert.match(await page.locator('#activities').innerText(), /Safe needles\nno day/);
});

test('a phone: nothing is wider than the screen, a fault stands by its field, and the verdict is a tap away', async t => {
  const phone = await browser.newContext({viewport: {width: 360, height: 640}, hasTouch: true, isMobile: true});
  t.after(() => phone.close());
  phone.setDefaultTimeout(patience);
  const tab = await phone.newPage();
  await tab.goto(`${server.url}app/`);
  await tab.waitForSelector('html[data-ready]');
  await tab.getByLabel('Credential', {exact: true}).fill('PBTX');
  await tab.getByLabel('Last day').fill('2026-05-31');
  await settled(tab);
  const input = tab.getByLabel('Credential', {exact: true});
  assert.equal(await input.getAttribute('aria-invalid'), 'true');
  const message = await tab.locator(`#${await input.getAttribute('aria-describedby')}`).textContent();
  assert.match(message, /did you mean 'PBT'\? \(UNKNOWN_CODE\)$/);

  await input.fill('PBT');
  await tab.getByLabel('Day of the answer').fill(on);
  assert.match(await verdicts(tab), /Requirements not met/);
  assert.equal(await input.getAttribute('aria-invalid'), null);
  await tab.locator('#peek').tap();
  assert.ok(await tab.locator('#report .verdict').evaluate(part => part.getBoundingClientRect().top < innerHeight));
  for (const part of await tab.locator('[role=tab]').all()) {
    await part.tap();
    await settled(tab);
    assert.deepEqual(await tab.evaluate(tooWideOrSmall), [], await part.textContent());
  }
});

test('no network after loading: the page opens, decides, and reads a workbook', async t => {
  const workbook = join(root, 'tests/edges/intake/files');
  const name = readdirSync(workbook).find(file => file.endsWith('.xlsx'));
  await context.setOffline(true);
  t.after(() => context.setOffline(false));
  const tab = await opened('', 'html[data-ready]');
  t.after(() => tab.close());
  await begun(tab);
  assert.match(await verdicts(tab), /Requirements not met/);
  await tab.setInputFiles('#file', join(workbook, name));
  await tab.locator('#files .reading summary').first().click();
  assert.match(await tab.locator('#files article').textContent(), /Excel/);
});

test('a file of 5 MB is read while the page goes on, and too long a record is kept out of the address', async t => {
  const tab = await opened('', 'html[data-ready]');
  t.after(() => tab.close());
  await begun(tab);
  const more = 'x'.repeat(230);
  const rows = Array.from({length: 19_000}, (_, number) => `Course ${number} ${more},2024-02-${10 + number % 19},0.5,Phlebotomy\n`);
  const text = `Course Title,Date Completed,Contact Hours,Subject Area\n${rows.join('')}`;
  assert.ok(text.length > 4_900_000, String(text.length));
  const frames = tab.evaluate(() => new Promise(done => {
    let count = 0;
    const tick = () => { count += 1; document.querySelector('#files .reading') ? done(count) : requestAnimationFrame(tick); };
    tick();
  }));
  const path = join(mkdtempSync(join(tmpdir(), 'cmprules-playground-')), 'large.csv');
  writeFileSync(path, text);
  await tab.setInputFiles('#file', path);
  assert.ok(await frames > 20);
  await until(tab, () => document.querySelector('#count').textContent === '19000 activities');
  assert.match(await verdicts(tab), /Requirements|review/);
  assert.ok(await tab.locator('#long').isVisible());
  assert.ok(await tab.locator('#cut').isVisible());
  assert.equal(await tab.evaluate(() => location.hash), '');
  assert.equal(await tab.locator('#activities > li').count(), 50);
});

test('a reload from an address: the same answer, and no name in the address', async t => {
  const tab = await opened('#example=mls-nearly-there', 'html[data-ready]');
  t.after(() => tab.close());
  await tab.evaluate(() => {
    const {store} = globalThis.playground;
    store.setDraft({holder: {...store.state.draft.holder, name: 'Ada Sample'}});
  });
  await tab.getByRole('tab', {name: 'Dates'}).click();
  const dates = await reported(tab);
  assert.match(dates, /Ada Sample|sample-mls-01/);
  await tab.reload();
  await tab.waitForSelector('html[data-ready]');
  assert.equal((await reported(tab)).replaceAll('Ada Sample', 'sample-mls-01'), dates.replaceAll('Ada Sample', 'sample-mls-01'));
  const {name, on: day, part} = await tab.evaluate(() => {
    const {state} = globalThis.playground.store;
    return {name: state.draft.holder.name, on: state.on, part: state.part};
  });
  assert.deepEqual([name, day, part], [undefined, on, 'dates']);

  const broken = await opened('#s=broken', 'html[data-ready]');
  assert.match(await broken.locator('#example').textContent(), /An example/);
  assert.deepEqual(broken.errors, []);
  await broken.close();
});

test('questions are answered until it is met, and an answer can be taken back', async () => {
  await page.getByLabel('Try an example').selectOption('needs-division');
  await settled(page);
  assert.match(await verdicts(page), /review/i);
  await page.getByRole('button', {name: /^Yes: /}).click();
  await page.waitForSelector('.given');
  assert.match(await verdicts(page), /Requirements met/);
  await page.getByRole('button', {name: 'Take it back'}).click();
  await page.waitForSelector('.asked');
  assert.match(await verdicts(page), /review/i);
  await page.getByRole('button', {name: /^No: /}).click();
  await page.waitForSelector('.given');
  assert.match(await verdicts(page), /not met/);
});

test('every example has the answer that CPython gives, under each edition', async () => {
  const run = spawnSync(process.env.PYTHON ?? 'python3', ['-c', `
import json, cmprules
from cmprules._facts.examples import EXAMPLES
print(json.dumps({f"{name} {edition}": cmprules.render(cmprules.decide(cmprules.example(name), cmprules.load_book(edition),
    on="${on}"), "json") for name in EXAMPLES for edition in cmprules.editions()}))`], {encoding: 'utf-8', maxBuffer: 1e8});
  assert.equal(run.status, 0, run.stderr);
  const wanted = JSON.parse(run.stdout);
  assert.ok(Object.keys(wanted).length >= 26);
  for (const [key, text] of Object.entries(wanted)) {
    const [name, edition] = key.split(' ');
    const found = await page.evaluate(async ([name, edition, on]) => {
      const {python} = globalThis.playground;
      const {record} = await python.ask('example', {name});
      return (await python.ask('keep', {what: 'decision', draft: record, on, edition, trust: 'inferred'})).text;
    }, [name, edition, on]);
    assert.equal(found, text, key);
  }
});

test('what if, another edition, and files to keep', async () => {
  await page.getByLabel('Try an example').selectOption('mls-nearly-there');
  await page.getByRole('tab', {name: 'What if'}).click();
  await page.locator('#controls').getByLabel('Title').fill('Ethics');
  await page.locator('#controls').getByLabel('Completed on').fill('2026-03-01');
  await page.locator('#controls').getByLabel('Amount').fill('-1');
  await settled(page);
  assert.equal(await page.locator('#controls').getByLabel('Amount').getAttribute('aria-invalid'), 'true');
  await page.locator('#controls').getByLabel('Amount').fill('1');
  await page.locator('#controls summary').click();
  await page.locator('#controls').getByLabel('Ethics', {exact: true}).check();
  assert.match(await reported(page), /Only the record changed/i);
  assert.match(await page.locator('#after').innerText(), /With this course:\s+Needs review/);

  await page.getByRole('tab', {name: 'Compare'}).click();
  assert.match(await reported(page), /2026\.1/);

  await page.getByRole('tab', {name: 'Keep'}).click();
  const kept = {};
  for (const what of ['report', 'calendar', 'record', 'receipt', 'decision']) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-keep=${what}]`)]);
    kept[download.suggestedFilename()] = readFileSync(await download.path(), 'utf-8');
  }
  assert.deepEqual(Object.keys(kept), ['report.html', 'calendar.ics', 'record.json', 'receipt.json', 'decision.json']);
  assert.match(kept['calendar.ics'], /^BEGIN:VCALENDAR\r\n[^]*BEGIN:VALARM/);

  await page.click('#clear');
  await page.setInputFiles('#file', {name: 'receipt.json', mimeType: 'application/json', buffer: Buffer.from(kept['receipt.json'])});
  await page.waitForSelector('#files article .verdict');
  assert.match(await page.locator('#files article').textContent(), /same/i);
  assert.match(await verdicts(page), /not met/);
  await page.click('#clear');
  await page.setInputFiles('#file', {name: 'record.json', mimeType: 'application/json', buffer: Buffer.from(kept['record.json'])});
  await until(page, () => document.querySelector('#count').textContent === '24 activities');
});

test('faults of a record stand beside its rows, and a file that cannot be read here says what to do', async () => {
  await page.click('#clear');
  const row = {id: 'a1', title: 'Order of draw', kind: 'formal_ce', amount: '-1', unit: 'contact_hour', completed_on: '2025-02-03'};
  const record = {schema: 'cmprules.record/1', holder: {id: 'h'}, activities: [row], credentials: [{id: 'p', code: 'PBT', expires_on: '2026-05-31'}]};
  await page.setInputFiles('#file', {name: 'r.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(record))});
  await page.waitForSelector('#activities .fault');
  const amount = page.locator('#activities').getByLabel('Amount');
  assert.equal(await amount.getAttribute('aria-invalid'), 'true');
  await amount.fill('1');
  await until(page, () => !document.querySelector('.fault'));
  await page.setInputFiles('#file', join(root, 'tests/edges/intake/files/case-25-transcript.pdf'));
  await page.waitForSelector('#files .fault');
  assert.match(await page.locator('#files').textContent(), /Save it as CSV or Excel/);
  assert.match(await verdicts(page), /not met/);
});

test('the keyboard: tabs by arrows, and a row of its own for what is typed', async () => {
  await begun(page);
  await page.focus('#tab-answer');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'tab-why');
  assert.equal(await page.locator('#tab-why').getAttribute('aria-selected'), 'true');
  await page.focus('#add-activity');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Order of draw');
  assert.match(await page.locator('#activities').innerText(), /Order of draw/);
});

for (const colorScheme of schemes) {
  test(`an accessibility engine finds nothing in ${colorScheme} colors, and nothing is too wide or too small`, async () => {
    await page.emulateMedia({colorScheme});
    await page.getByLabel('Try an example').selectOption('needs-division');
    await page.locator('#activities summary').first().click();
    await page.evaluate(axe);
    for (const width of widths) {
      await page.setViewportSize({width, height: 800});
      for (const tab of await page.locator('[role=tab]').all()) {
        await tab.click();
        await settled(page);
        assert.deepEqual(await page.evaluate(tooWideOrSmall), [], `${await tab.textContent()} at ${width}`);
        if (width === 768 || (width === 360 && colorScheme === 'dark')) continue;
        const found = await page.evaluate(() => globalThis.axe.run());
        assert.deepEqual(found.violations.map(one => [one.id, one.nodes[0].html.slice(0, 200)]), [], await tab.textContent());
      }
    }
    await page.setViewportSize({width: 1280, height: 900});
    await page.click('#tab-answer');
  });
}

test('nothing is sent: files of the page are asked for, and nothing is asked for when all is kept', async () => {
  assert.deepEqual(server.asked.filter(({method, url, length}) => method !== 'GET' || url.includes('?') || length), []);
  assert.ok(server.asked.every(({url}) => url.startsWith('/app/')));
  const count = server.asked.length;
  await begun(page);
  await give(page, 'transcript.csv', transcript);
  await verdicts(page);
  assert.equal(server.asked.length, count);
  assert.deepEqual(page.errors, []);
});

test('what works without a network is every file of the page', () => {
  const names = readdirSync(join(folder, 'app')).filter(name => /\.(js|css)$/.test(name) && name !== 'service-worker.js');
  const kept = readFileSync(join(folder, 'app/service-worker.js'), 'utf-8').match(/const PAGE = \[(.*?)\]/s)[1];
  assert.deepEqual([...kept.matchAll(/'([^']+\.(?:js|css))'/g)].map(found => found[1]), names.sort());
});

test('a site built without Python says how to make it', async t => {
  const bare = await serve(folder, name => name.includes('/bundle/'));
  t.after(() => bare.close());
  const tab = await browser.newPage();
  t.after(() => tab.close());
  await tab.goto(`${bare.url}app/`);
  await tab.waitForSelector('#answer .fault');
  assert.match(await tab.locator('#answer').textContent(), /python tasks\/write_playground\.py/);
});

test('what these tests look for is found where it is', async t => {
  const tab = await browser.newPage({viewport: {width: 360, height: 640}});
  t.after(() => tab.close());
  await tab.setContent('<p style="font-size:10px">small</p><div style="width:500px">wide</div>');
  assert.equal((await tab.evaluate(tooWideOrSmall)).length, 2);
});

// What is wider than the screen, and words smaller than 11 px.
function tooWideOrSmall() {
  const wide = document.documentElement.scrollWidth > innerWidth ? [`${document.documentElement.scrollWidth} px wide`] : [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = [];
  for (let node = words.nextNode(); node; node = words.nextNode()) {
    const parent = node.parentElement;
    if (!node.textContent.trim() || parent.closest('style,script,title,desc,datalist,.hidden') || !parent.checkVisibility()) continue;
    const size = parseFloat(getComputedStyle(parent).fontSize) * (parent.getScreenCTM ? parent.getScreenCTM().a : 1);
    if (size < 11) small.push(`${size}: ${node.textContent.trim().slice(0, 40)}`);
  }
  return [...wide, ...small];
}
