// The page: fields, files and an answer that follows them.

/** @import {Fault, Manifest, State, View, Words} from './types.js' */

import {addressOf, controlled, fetchFirst, fetchRest, manifest} from './bundle.js';
import {button, byId, faultText, field, h, select, showFaults, showReport} from './dom.js';
import {Files} from './files.js';
import {PARTS, drawControls, makeTabs, markTab, showView} from './panel.js';
import {Python} from './python.js';
import {addActivity, addCredential, drawRecord} from './record.js';
import {Store, decoded, emptyState, encoded, filled, said, today} from './state.js';

const WAIT = 250;

/** @param {string} text @param {number} [share] */
function status(text, share) {
  byId('status').textContent = text;
  const bar = /** @type {HTMLProgressElement} */ (byId('progress'));
  bar.hidden = !text || text.startsWith('Ready');
  if (share === undefined) bar.removeAttribute('value'); else bar.value = share;
}

/** @param {Manifest} list @param {string} name */
async function text(list, name) {
  return (await fetch(addressOf(list, name))).text();
}

async function main() {
  const list = await manifest();
  if (!list) return notBuilt();
  const [words, example] = await Promise.all([text(list, 'words.json'), text(list, 'example.html')]);
  const page = new Page(list, JSON.parse(words));
  Object.assign(globalThis, {playground: page});
  showReport(byId('report'), example);
  await page.begin();
}

function notBuilt() {
  status('');
  byId('answer').replaceChildren(h('p', {class: 'fault'}, 'This copy of the site was built without the Python of the playground. To make it: '
    + 'python tasks/write_playground.py, then build the site again.'));
}

class Page {
  /** @param {Manifest} list @param {Words} words */
  constructor(list, words) {
    this.list = list;
    this.words = words;
    this.usual = emptyState(words.editions.at(-1) ?? '');
    this.store = new Store(this.usual, () => this.draw());
    this.shown = '';
    this.busy = false;
    this.again = false;
    this.timer = 0;
    this.wrote = '';
  }

  async begin() {
    byId('codes').replaceChildren(...this.words.credentials.flatMap(({code, name, bodies}) =>
      bodies.map(body => h('option', {value: `${code}(${body})`}, name))));
    makeTabs(this.store);
    this.wire();
    await this.fromAddress();
    this.draw();
    const keeps = await controlled();
    if (keeps) await fetchFirst(this.list, (loaded, total) => status(`Loading Python: ${mega(loaded)} of ${mega(total)} MB`, loaded / total));
    this.python = new Python(`bundle/${this.list.folder}`, stage => status(`${stage} …`));
    this.files = new Files(this.store, this.python);
    await this.exampleFromAddress();
    this.store.listeners.push(() => this.changed());
    globalThis.addEventListener('hashchange', async () => { await this.fromAddress(); await this.exampleFromAddress(); });
    await this.python.ready.catch(error => this.broken(error));
    await this.refresh();
    await this.afterwards(keeps);
  }

  /** @param {boolean} keeps */
  async afterwards(keeps) {
    document.documentElement.dataset.ready = JSON.stringify({...this.python?.times});
    status('Ready.');
    if (!keeps) return;
    await fetchRest(this.list);
    status('Ready, and works without a network from now on.');
    document.documentElement.dataset.kept = 'yes';
  }

  wire() {
    byId('add-credential').addEventListener('click', () => addCredential(this.store));
    byId('add-activity').addEventListener('click', () => addActivity(this.store));
    byId('undo').addEventListener('click', () => this.store.undo());
    byId('clear').addEventListener('click', () => { this.files?.forget(); byId('files').replaceChildren(); this.store.set({...this.usual}, {redraw: true}); });
    byId('peek').addEventListener('click', () => byId('answer').scrollIntoView());
    const chooser = /** @type {HTMLInputElement} */ (byId('file'));
    chooser.addEventListener('change', async () => { await this.take(chooser.files ?? []); chooser.value = ''; });
    const paste = /** @type {HTMLTextAreaElement} */ (byId('paste'));
    byId('read').addEventListener('click', async () => { await this.guarded(() => this.files?.paste(paste.value)); });
    document.addEventListener('dragover', event => { event.preventDefault(); document.body.classList.add('over'); });
    document.addEventListener('dragleave', event => { if (!event.relatedTarget) document.body.classList.remove('over'); });
    document.addEventListener('drop', event => {
      event.preventDefault();
      document.body.classList.remove('over');
      void this.take(event.dataTransfer?.files ?? []);
    });
  }

  /** @param {FileList | never[]} files */
  take(files) {
    return this.guarded(() => this.files?.take([...files]));
  }

  /** @param {() => Promise<unknown> | undefined} work */
  async guarded(work) {
    try {
      await work();
    } catch (error) {
      this.broken(error);
    }
  }

  draw() {
    drawRecord(this.store, this.words, this.files?.lines ?? new Map());
    this.drawSettings();
    this.drawPart();
  }

  drawSettings() {
    const {store, words} = this;
    const examples = {'': 'Choose one', ...Object.fromEntries(words.examples.map(name => [name, name]))};
    const on = h('input', {type: 'date', value: store.state.on || today(), oninput: () => store.set({on: on.value === today() ? '' : on.value})});
    byId('settings').replaceChildren(
      field('Day of the answer', on, {path: 'on'}),
      field('Edition of the rules', select(Object.fromEntries(words.editions.map(name => [name, name])), store.state.edition, edition => { store.set({edition}); this.drawPart(); })),
      field('Sources to use', select(Object.fromEntries(Object.entries(words.trust).map(([grade, says]) => [grade, shortened(says)])), store.state.trust, trust => store.set({trust})), {path: 'trust'}),
      field('Try an example', select(examples, '', name => this.guarded(() => this.example(name)))));
  }

  drawPart() {
    markTab(this.store.state.part);
    drawControls(this.store, this.words, what => this.keep(what));
    this.shown = this.store.state.part;
  }

  /** @param {string} name @param {string} [on] */
  async example(name, on = '2026-03-10') {
    if (!name) return;
    const found = await this.python?.ask('example', {name});
    if (found?.faults) return this.refused(found.faults, [], []);
    this.files?.forget();
    byId('files').replaceChildren();
    this.store.set({draft: /** @type {any} */ (found).record, on}, {redraw: true});
  }

  async fromAddress() {
    const given = new URLSearchParams(location.hash.slice(1));
    const kept = given.get('s');
    if (kept && kept !== this.wrote) {
      const state = await decoded(kept, this.usual);
      if (state && state.part in PARTS) this.store.set(state, {redraw: true});
    }
  }

  async exampleFromAddress() {
    const given = new URLSearchParams(location.hash.slice(1));
    const example = given.get('example');
    if (example) await this.guarded(() => this.example(example, given.get('on') ?? undefined));
  }

  changed() {
    if (this.shown !== this.store.state.part) this.drawPart();
    /** @type {HTMLButtonElement} */ (byId('undo')).disabled = !this.store.earlier.length;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.timer = 0; this.files?.again(); void this.refresh(); }, WAIT);
  }

  /** Ask for the answer to what stands in the fields now; one question at a time, and the last one always. */
  async refresh() {
    this.again = true;
    if (this.busy) return;
    this.busy = true;
    while (this.again) {
      this.again = false;
      await this.guarded(() => this.ask());
    }
    this.busy = false;
  }

  async ask() {
    await this.keepAddress();
    const {state} = this.store;
    const draft = said(state.draft);
    if (!draft.credentials.length) return this.nothing();
    const asked = this.asked(draft, state);
    byId('answer').setAttribute('aria-busy', 'true');
    const found = await this.python?.ask('view', {part: state.part, more: this.more(state), ...asked});
    byId('answer').removeAttribute('aria-busy');
    if (found?.faults) return this.refused(found.faults, draft.credentials, draft.activities);
    showFaults([]);
    byId('faults').replaceChildren();
    byId('example').hidden = true;
    showView(this.store, /** @type {View} */ (found));
  }

  /** @param {import('./types.js').Draft} draft @param {State} state */
  asked(draft, {on, edition, trust}) {
    return {draft, on: on || today(), edition, trust};
  }

  /** @param {State} state */
  more({part, course, against, edition}) {
    const others = this.words.editions.filter(name => name !== edition);
    if (part === 'editions') return {against: others.includes(against) ? against : others[0] ?? edition};
    if (part !== 'course' || !filled(course, ['title', 'amount', 'completed_on'])) return {};
    return {course: Object.fromEntries(Object.entries(course).filter(([, value]) => value !== ''))};
  }

  nothing() {
    showFaults([]);
    byId('faults').replaceChildren();
    byId('verdicts').replaceChildren();
    byId('questions').replaceChildren();
    if (!byId('example').hidden) return;
    byId('report').replaceChildren(h('p', {}, 'Name a credential and its last day.'));
  }

  /** @param {Fault[]} faults @param {{id: string}[]} credentials @param {{id: string}[]} activities */
  refused(faults, credentials, activities) {
    /** @type {Record<string, {id: string}[]>} */
    const rows = {credentials, activities};
    const course = activities.length;
    const here = faults.map(fault => ({...fault, path: fault.path.replace(/^\$\./, '').replace(/^(credentials|activities)\[(\d+)\]/, (_, list, at) =>
      list === 'activities' && Number(at) === course ? 'course' : `${list}.${rows[list]?.[Number(at)]?.id}`)}));
    here.forEach(fault => {
      const id = /^activities\.(.+?)(\.|$)/.exec(fault.path)?.[1];
      const row = /** @type {HTMLDetailsElement | null} */ (id ? document.querySelector(`#activities details[data-id="${CSS.escape(id)}"]`) : null);
      if (row && !row.open) { row.open = true; row.dispatchEvent(new Event('toggle')); }
    });
    const left = showFaults(here);
    byId('faults').replaceChildren(h('p', {class: 'fault'}, faults.length === 1 ? 'One thing has to be mended first.' : `${faults.length} things have to be mended first.`),
      ...left.length ? [h('ul', {}, ...left.slice(0, 50).map(fault => h('li', {class: 'fault'}, `${fault.path} ${faultText(fault)}`)))] : []);
    byId('verdicts').replaceChildren(h('span', {class: 'peeked open'}, 'No answer yet'));
  }

  async keepAddress() {
    const {state} = this.store;
    const same = JSON.stringify(state) === JSON.stringify(this.usual);
    const text = same ? '' : await encoded(state);
    byId('long').hidden = text !== null;
    this.wrote = text ?? '';
    history.replaceState(null, '', text ? `#s=${text}` : location.pathname + location.search);
  }

  /** @param {string} what */
  async keep(what) {
    const {state} = this.store;
    const draft = said(state.draft);
    const found = await this.python?.ask('keep', {what, ...this.asked(draft, state)});
    if (!found || found.faults) return this.refused(found?.faults ?? [], draft.credentials, draft.activities);
    const {name, type, text} = /** @type {any} */ (found);
    const url = URL.createObjectURL(new Blob([text], {type}));
    h('a', {href: url, download: name}).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  /** @param {unknown} error */
  broken(error) {
    const why = this.python?.broken ?? String(error);
    byId('faults').replaceChildren(h('p', {class: 'fault'}, 'That did not work, and it is a mistake of this page. Your rows are still here.'),
      h('pre', {}, why.slice(-2_000)), button('Start Python again', () => location.reload()));
    status('');
  }
}

/** @param {string} says */
const shortened = says => says.replace(/^Uses (.)(.*)\.$/, (_, first, rest) => first.toUpperCase() + rest);

/** @param {number} bytes */
const mega = bytes => (bytes / 1_000_000).toFixed(1);

main().catch(error => {
  status('');
  byId('faults').replaceChildren(h('p', {class: 'fault'}, `The page cannot load its files: ${error}`), button('Try again', () => location.reload()));
});
