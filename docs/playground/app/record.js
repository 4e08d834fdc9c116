// The fields of the record: credentials, and a row for each activity.

/** @import {Activity, Credential, Line, Words} from './types.js' */
/** @import {Store} from './state.js' */

import {button, byId, field, h, select} from './dom.js';
import {filled, freeId} from './state.js';

const SHOWN = 50;
let shownRows = SHOWN;

/**
 * @param {Store} store
 * @param {Words} words
 * @param {Map<string, Line>} lines what a file's reader asked about an activity, by its id
 */
export function drawRecord(store, words, lines) {
  byId('credentials').replaceChildren(...store.state.draft.credentials.map((row, number) => credential(store, words, row, number)));
  drawActivities(store, words, lines);
}

/** @param {Store} store @param {Words} words @param {Credential} row @param {number} number */
function credential(store, words, row, number) {
  /** @param {string} key */
  const bind = key => ({value: row[key] ?? '', oninput: (/** @type {Event} */ event) => {
    const {value} = /** @type {HTMLInputElement} */ (event.target);
    const rows = store.state.draft.credentials.map(one => one.id === row.id ? {...one, [key]: value} : one);
    store.setDraft({credentials: rows});
  }});
  const path = `credentials.${row.id}`;
  const several = store.state.draft.credentials.length > 1;
  return h('div', {class: 'row', role: 'group', 'aria-label': `Credential ${number + 1}`},
    field('Credential', h('input', {list: 'codes', autocomplete: 'off', spellcheck: 'false', ...bind('code')}), {path: `${path}.code`}),
    field('Last day', h('input', {type: 'date', ...bind('expires_on')}), {path: `${path}.expires_on`}),
    field('Certified on, if known', h('input', {type: 'date', ...bind('certified_on')}), {path: `${path}.certified_on`}),
    several ? button('Remove', () => removeCredential(store, row.id), {'aria-label': `Remove ${row.code || 'this credential'}`}) : null);
}

/** @param {Store} store @param {string} id */
function removeCredential(store, id) {
  const {draft} = store.state;
  const without = (/** @type {any} */ one) => one.credential !== id;
  store.setDraft({credentials: draft.credentials.filter(row => row.id !== id), placements: draft.placements?.filter(without),
    settled: draft.settled?.filter(answer => !answer.subjects.includes(id))}, {redraw: true});
}

/** @param {Store} store */
export function addCredential(store) {
  const rows = store.state.draft.credentials;
  store.setDraft({credentials: [...rows, {id: freeId('c', rows)}]}, {redraw: true});
  /** @type {HTMLElement | null} */ (byId('credentials').lastElementChild?.querySelector('input') ?? null)?.focus();
}

// Activities.

/** @param {Store} store @param {Words} words @param {Map<string, Line>} lines */
function drawActivities(store, words, lines) {
  const rows = store.state.draft.activities;
  const open = new Set([...document.querySelectorAll('#activities details[open]')].map(row => /** @type {HTMLElement} */ (row).dataset.id));
  const asked = rows.filter(row => lines.get(row.id)?.texts.length);
  const first = [...asked, ...rows.filter(row => !asked.includes(row))].slice(0, shownRows);
  byId('activities').replaceChildren(...first.map(row => activity(store, words, row, lines.get(row.id), open.has(row.id))));
  byId('more').replaceChildren(...rows.length > shownRows
    ? [button(`Show ${Math.min(SHOWN, rows.length - shownRows)} more of ${rows.length}`, () => {
      shownRows += SHOWN;
      drawActivities(store, words, lines);
    })] : []);
  byId('count').textContent = rows.length === 1 ? '1 activity' : rows.length ? `${rows.length} activities` : '';
}

/** @param {Store} store @param {Words} words @param {Activity} row @param {Line | undefined} line @param {boolean} open */
function activity(store, words, row, line, open) {
  const summary = h('summary', {}, ...summaryOf(row, words));
  const note = line?.texts.length ? [h('p', {class: 'note'}, `${line.place}: ${line.texts.join(' ')}`)] : [];
  const details = h('details', {'data-id': row.id, open: open || !filled(row, ['title', 'amount'])}, summary);
  const draw = () => {
    if (details.querySelector('.fields')) return;
    details.append(h('div', {class: 'fields'}, ...activityFields(row, words, `activities.${row.id}`, changed => {
      summary.replaceChildren(...summaryOf(changed, words));
      store.setDraft({activities: store.state.draft.activities.map(one => one.id === row.id ? changed : one)});
    }), button('Remove this activity', () => removeActivity(store, row.id), {class: 'quiet'})));
  };
  if (details.open || line?.texts.length) draw();
  details.addEventListener('toggle', draw);
  return h('li', {}, ...note, details);
}

/** @param {Activity} row @param {Words} words */
function summaryOf(row, words) {
  const units = words.units[row.unit ?? ''] ?? '';
  const unit = row.amount === '1' ? units.replace(/s$/, '') : units;
  const areas = [...row.areas ?? [], ...Object.keys(/** @type {object} */ (row.certified ?? {}))].map(area => words.areas[area] ?? area);
  const facts = [row.completed_on || 'no day', row.amount ? `${row.amount} ${unit}` : 'no amount', ...areas];
  return [h('strong', {}, row.title || 'New activity'), h('span', {class: 'soft facts'}, facts.join(' · '))];
}

/**
 * The fields of an activity, for the record and for "what if".
 * @param {Activity} row
 * @param {Words} words
 * @param {string} path
 * @param {(row: Activity) => void} change
 */
export function activityFields(row, words, path, change) {
  let now = row;
  /** @param {Record<string, unknown>} more */
  const set = more => { now = {...now, ...more}; change(now); };
  /** @param {string} key */
  const bind = key => ({value: row[key] ?? '', oninput: (/** @type {Event} */ event) =>
    set({[key]: /** @type {HTMLInputElement} */ (event.target).value})});
  const units = () => Object.fromEntries((words.kinds[now.kind ?? '']?.units ?? []).map(unit => [unit, words.units[unit] ?? unit]));
  const unit = h('div', {});
  const drawUnit = () => unit.replaceChildren(field('Counted in', select(units(), String(now.unit ?? ''), value => set({unit: value})), {path: `${path}.unit`}));
  drawUnit();
  const kinds = Object.fromEntries(Object.entries(words.kinds).map(([kind, {label}]) => [kind, label]));
  return [
    field('Title', h('input', {autocomplete: 'off', ...bind('title')}), {path: `${path}.title`}),
    field('Completed on', h('input', {type: 'date', ...bind('completed_on')}), {path: `${path}.completed_on`}),
    field('Amount', h('input', {inputmode: 'decimal', autocomplete: 'off', ...bind('amount')}), {path: `${path}.amount`}),
    unit,
    field('Kind', select(kinds, now.kind ?? '', kind => { set({kind, unit: words.kinds[kind]?.units[0]}); drawUnit(); }), {path: `${path}.kind`}),
    row.certified ? null : areas(now, words, set, `${path}.areas`),
  ].filter(part => part !== null);
}

/** @param {Activity} row @param {Words} words @param {(more: Record<string, unknown>) => void} set @param {string} path */
function areas(row, words, set, path) {
  const chosen = new Set(row.areas ?? []);
  const name = h('summary', {}, '');
  const say = () => { name.textContent = `May serve: ${[...chosen].map(area => words.areas[area] ?? area).join(', ') || 'any other CE'}`; };
  say();
  const boxes = Object.entries(words.areas).map(([area, label]) => h('label', {class: 'box'}, h('input', {type: 'checkbox',
    checked: chosen.has(area), onchange: (/** @type {Event} */ event) => {
      if (/** @type {HTMLInputElement} */ (event.target).checked) chosen.add(area); else chosen.delete(area);
      say();
      set({areas: [...chosen]});
    }}), ` ${label}`));
  return h('details', {class: 'areas field', 'data-path': path}, name, h('div', {class: 'boxes'}, ...boxes));
}

/** @param {Store} store @param {string} id */
function removeActivity(store, id) {
  const {draft} = store.state;
  const settled = draft.settled?.map(one => ({...one, subjects: one.subjects.filter(name => name !== id)})).filter(one => one.subjects.length);
  store.setDraft({activities: draft.activities.filter(row => row.id !== id), settled,
    placements: draft.placements?.filter((/** @type {any} */ one) => one.activity !== id)}, {redraw: true});
}

/** @param {Store} store @param {Partial<Activity>} [row] */
export function addActivity(store, row = {}) {
  const rows = store.state.draft.activities;
  const added = {kind: 'formal_ce', unit: 'contact_hour', ...row, id: freeId('a', rows)};
  shownRows = Math.max(shownRows, rows.length + 1);
  store.setDraft({activities: [...rows, added]}, {redraw: true});
  showActivity(added.id);
}

/** Open the row of an activity, and go to its first empty field. @param {string} id */
export function showActivity(id) {
  const row = /** @type {HTMLDetailsElement | null} */ (document.querySelector(`#activities details[data-id="${CSS.escape(id)}"]`));
  if (!row) return;
  row.open = true;
  row.dispatchEvent(new Event('toggle'));
  const inputs = [.../** @type {NodeListOf<HTMLInputElement>} */ (row.querySelectorAll('.fields input'))];
  (inputs.find(input => !input.value) ?? inputs[0])?.focus();
}
