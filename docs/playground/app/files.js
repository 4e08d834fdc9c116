// Files and pasted text: kept in memory, read by the library, and merged into the rows.

/** @import {Activity, Draft, Given, Line, Rows} from './types.js' */
/** @import {Python} from './python.js' */
/** @import {Store} from './state.js' */

import {button, byId, faultText, field, h, select, showReport} from './dom.js';
import {addActivity} from './record.js';
import {filled, said} from './state.js';

const ASIDE = new Set(['HEADER_ROW', 'TITLE_ROW', 'NOTE_ROW', 'TOTAL_ROW', 'BLANK_ROW', 'ALREADY_THERE']);

/** @returns {Record<string, string>} */
const unsaid = () => ({dates: '', unit: '', person: '', place: ''});

export class Files {
  /** @param {Store} store @param {Python} python */
  constructor(store, python) {
    this.store = store;
    this.python = python;
    /** @type {Given[]} */
    this.given = [];
    /** What the reader is told about these files. @type {Record<string, string>} */
    this.options = unsaid();
    /** The activities as they last came from the files, by id. @type {Map<string, string>} */
    this.came = new Map();
    /** @type {Map<string, Line>} */
    this.lines = new Map();
    /** The credentials that the files were last read for. */
    this.readFor = '';
  }

  /** @param {FileList | File[]} files */
  async take(files) {
    for (const file of files) await this.add(file.name, await file.arrayBuffer());
  }

  /** @param {string} text */
  paste(text) {
    const name = /^\s*[{[]/.test(text) ? 'pasted.json' : 'pasted.csv';
    return this.add(name, /** @type {ArrayBuffer} */ (new TextEncoder().encode(text).buffer));
  }

  /** @param {string} name @param {ArrayBuffer} bytes */
  async add(name, bytes) {
    this.say(`Reading ${name} …`);
    const found = await this.python.ask('opened', {}, [{name, bytes}]);
    if (found.faults) return this.refused(name, found.faults);
    const opened = /** @type {any} */ (found);
    if (opened.what === 'rows') {
      this.given.push({name, bytes});
      return this.read();
    }
    this.forget();
    const {on, edition, trust} = opened.what === 'receipt' ? opened : this.store.state;
    this.store.set({draft: opened.record, on, edition, trust}, {redraw: true});
    byId('files').replaceChildren(...opened.what === 'receipt' ? [report(opened.html)] : []);
    if (opened.what === 'record') this.say(`The record of ${name} stands in the fields below.`);
  }

  /** Read all files again, for the credentials and with the options as they stand. */
  async read() {
    if (!this.given.length) return;
    const draft = this.others();
    this.readFor = JSON.stringify(said(draft).credentials);
    this.say(`Reading ${this.given.map(file => file.name).join(', ')} …`);
    const found = /** @type {Rows & {faults?: import('./types.js').Fault[]}} */ (
      await this.python.ask('rows', {draft: said(draft), options: this.options}, this.given));
    if (found.faults) {
      const names = this.given.map(file => file.name).join(', ');
      if (found.faults.some(fault => fault.code === 'MissingExtraError')) this.given.pop();
      return this.refused(names, found.faults);
    }
    if (found.record) this.merge(found.record, found.lines);
    this.show(found);
  }

  /** Read again if the credentials are others than those the files were read for. */
  again() {
    if (this.given.length && JSON.stringify(said(this.others()).credentials) !== this.readFor) void this.read();
  }

  /** The record without what came from these files and was not changed since. @returns {Draft} */
  others() {
    const {draft} = this.store.state;
    return {...draft, placements: undefined, settled: undefined, activities: draft.activities.filter(row => !this.came.has(row.id))};
  }

  /** @param {Draft} record @param {Line[]} lines */
  merge(record, lines) {
    const {draft} = this.store.state;
    const present = new Map(draft.activities.map(row => [row.id, row]));
    const changed = (/** @type {Activity} */ row) => this.came.has(row.id) && this.came.get(row.id) !== JSON.stringify(row);
    const removed = new Set([...this.came.keys()].filter(id => !present.has(id)));
    const activities = record.activities.filter(row => !removed.has(row.id)).map(row => {
      const now = present.get(row.id);
      return now && changed(now) ? now : row;
    });
    const known = new Set(this.others().activities.map(row => row.id));
    this.came = new Map(record.activities.filter(row => !known.has(row.id)).map(row => [row.id, JSON.stringify(row)]));
    this.lines = new Map(lines.flatMap(line => line.activity ? [[line.activity, line]] : []));
    const ids = new Set(activities.map(row => row.id));
    const settled = draft.settled?.filter(one => one.subjects.every(id => ids.has(id) || draft.credentials.some(row => row.id === id)));
    const typed = draft.credentials.filter(row => filled(row, ['code', 'expires_on']));
    const added = record.credentials.filter(row => !typed.some(one => one.id === row.id));
    this.store.setDraft({credentials: [...typed, ...added], activities, settled}, {redraw: true});
    this.readFor = JSON.stringify(said(this.others()).credentials);
  }

  /** @param {Rows} found */
  show(found) {
    const options = h('div', {class: 'row'}, ...this.choices());
    const left = found.lines.filter(line => !line.activity && !line.codes.every(code => ASIDE.has(code)));
    byId('files').replaceChildren(...[
      found.why ? h('p', {class: 'fault'}, found.why) : null,
      left.length ? h('div', {}, h('p', {}, 'These rows did not come in. Type them in if they count.'),
        h('ul', {class: 'left'}, ...left.slice(0, 20).map(line => this.left(line))),
        left.length > 20 ? h('p', {class: 'soft'}, `${left.length - 20} more are in the report below.`) : null) : null,
      options,
      unfolding('What was read, row by row', found.html),
      button('Forget these files; keep the rows', () => { this.forget(); byId('files').replaceChildren(); }, {class: 'quiet'}),
    ].filter(part => part !== null));
  }

  /** @param {Line} line */
  left(line) {
    return h('li', {}, h('p', {class: 'note'}, `${line.place}: ${line.what ? `${line.what}. ` : ''}${line.texts.join(' ')}`),
      button('Type it in', () => addActivity(this.store, {title: line.what}), {class: 'quiet', 'aria-label': `Type it in: ${line.place}`}));
  }

  choices() {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    /** @param {string} key @param {Record<string, string>} words @param {string} label */
    const one = (key, words, label) => field(label, select(words, this.options[key] ?? '', value => {
      this.options[key] = value;
      void this.read();
    }));
    const person = h('input', {value: this.options.person, onchange: () => { this.options.person = person.value; void this.read(); }});
    return [
      one('dates', {'': 'Ask me', us: 'Month first (5/31/2026)', eu: 'Day first (31/5/2026)', iso: 'Year first'}, 'Days in digits'),
      one('unit', {'': 'Ask me', contact_hour: 'Contact hours', point: 'Points', ceu: 'CEU', cmle: 'CMLE'}, 'Amounts without a unit'),
      one('place', {'': 'Ask me', [here]: here}, 'Times with an offset'),
      field('Whose rows', person),
    ];
  }

  forget() {
    this.given = [];
    this.options = unsaid();
    this.came = new Map();
    this.lines = new Map();
  }

  /** @param {string} name @param {import('./types.js').Fault[]} faults */
  refused(name, faults) {
    byId('files').replaceChildren(h('p', {}, `${name} cannot be read:`),
      h('ul', {}, ...faults.map(fault => h('li', {class: 'fault'}, `${fault.path.replace(/^\$\.?/, '')} ${faultText(fault)}`))));
  }

  /** @param {string} text */
  say(text) {
    byId('files').replaceChildren(h('p', {}, text));
  }
}

/** A report that is drawn when it is unfolded, since that of a long file is long. @param {string} words @param {string} html */
function unfolding(words, html) {
  const details = h('details', {class: 'reading', ontoggle: () => {
    if (details.open && !details.querySelector('article')) details.append(report(html));
  }}, h('summary', {}, words));
  return details;
}

/** @param {string} html */
function report(html) {
  const place = h('article', {class: 'cmprules'});
  showReport(place, html);
  return place;
}
