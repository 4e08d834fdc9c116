// What is shown of the answer: one part at a time, open questions with their buttons, and files to keep.

/** @import {Need, View, Words} from './types.js' */
/** @import {Store} from './state.js' */

import {button, byId, field, h, select, showReport} from './dom.js';
import {activityFields, addActivity, showActivity} from './record.js';
import {emptyCourse, filled} from './state.js';

/** @type {Record<string, string>} */
export const PARTS = {answer: 'Answer', why: 'Why', dates: 'Dates', course: 'What if', editions: 'Compare', keep: 'Keep'};
const KEPT = {report: 'The report, as a page', calendar: 'The dates, for a calendar', record: 'The record, to go on with later',
  receipt: 'A receipt, to check this answer later', decision: 'The answer as data'};

/** Make the tabs; arrow keys move between them. @param {Store} store */
export function makeTabs(store) {
  const tabs = Object.entries(PARTS).map(([part, words]) => button(words, () => store.set({part}, {remember: false}),
    {role: 'tab', id: `tab-${part}`, 'aria-controls': 'panel', 'data-part': part}));
  byId('tabs').replaceChildren(...tabs);
  byId('tabs').addEventListener('keydown', event => {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!step) return;
    const at = tabs.findIndex(tab => tab.dataset.part === store.state.part);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    next?.click();
    next?.focus();
  });
}

/** @param {string} part */
export function markTab(part) {
  document.querySelectorAll('#tabs [role=tab]').forEach(tab => {
    const chosen = /** @type {HTMLElement} */ (tab).dataset.part === part;
    tab.setAttribute('aria-selected', String(chosen));
    tab.setAttribute('tabindex', chosen ? '0' : '-1');
  });
  byId('panel').setAttribute('aria-labelledby', `tab-${part}`);
}

/**
 * The fields above the report of a part; drawn when the part changes, not when the answer does.
 * @param {Store} store
 * @param {Words} words
 * @param {(what: string) => Promise<void>} keep
 */
export function drawControls(store, words, keep) {
  const {part} = store.state;
  /** @type {Record<string, () => HTMLElement[]>} */
  const made = {course: () => course(store, words), editions: () => editions(store, words), keep: () => kept(keep)};
  byId('controls').replaceChildren(...made[part]?.() ?? []);
}

/** @param {Store} store @param {Words} words */
function course(store, words) {
  return [h('p', {}, 'What would one more course change?'),
    h('div', {class: 'fields'}, ...activityFields(store.state.course, words, 'course', row => store.set({course: row}))),
    button('Add it to the record', () => {
      const {course: row} = store.state;
      if (!filled(row, ['title', 'amount'])) return;
      store.set({course: emptyCourse(), part: 'answer'}, {remember: false});
      addActivity(store, row);
    })];
}

/** @param {Store} store @param {Words} words */
function editions(store, words) {
  const others = words.editions.filter(name => name !== store.state.edition);
  const options = Object.fromEntries(others.map(name => [name, name]));
  const chosen = options[store.state.against] ?? others[0] ?? '';
  return [field(`Compare the answer under ${store.state.edition} with that under`, select(options, chosen, against => store.set({against})))];
}

/** @param {(what: string) => Promise<void>} keep */
const kept = keep => [h('p', {}, 'These files are made here, and go nowhere but where you save them.'),
  h('ul', {class: 'kept'}, ...Object.entries(KEPT).map(([what, words]) => h('li', {}, button(words, () => keep(what), {'data-keep': what}))))];

/**
 * @param {Store} store
 * @param {View} view
 */
export function showView(store, view) {
  showReport(byId('report'), view.html);
  byId('cut').hidden = !view.long;
  const [after] = view.after ?? [];
  byId('after').replaceChildren(...after ? [h('p', {class: `verdict ${after.tone}`},
    store.state.part === 'course' ? 'With this course:' : 'Under that edition:', h('strong', {}, after.text))] : []);
  byId('questions').replaceChildren(...store.state.part === 'answer' ? questions(store, view.needs) : []);
  byId('verdicts').replaceChildren(...view.verdicts.slice(0, 1).map(({tone, text}) => h('span', {class: `peeked ${tone}`}, text)));
}

/** @param {Store} store @param {Need[]} needs */
function questions(store, needs) {
  const answers = store.state.draft.settled ?? [];
  if (!needs.length && !answers.length) return [];
  return [h('h2', {}, needs.length ? 'Questions that decide' : 'Your answers'),
    ...needs.map(need => question(store, need)),
    ...answers.map((answer, number) => h('p', {class: 'given'}, `You answered “${answer.answer}” for ${answer.subjects.map(id => named(store, id)).join(', ')}. `,
      button('Take it back', () => store.setDraft({settled: answers.filter((_, at) => at !== number)}))))];
}

/** @param {Store} store @param {string} id */
const named = (store, id) => store.state.draft.activities.find(row => row.id === id)?.title
  ?? store.state.draft.credentials.find(row => row.id === id)?.code ?? id;

/** @param {Store} store @param {Need} need */
function question(store, need) {
  const words = need.question.replaceAll(`'${need.subject}'`, `“${need.about}”`);
  /** @param {string} word */
  const say = word => button(word === 'yes' ? 'Yes' : 'No', () => {
    const settled = {code: need.code, subjects: [need.subject], answer: word, ...need.others.length ? {others: need.others} : {}};
    store.setDraft({settled: [...store.state.draft.settled ?? [], settled]});
  }, {'aria-label': `${word === 'yes' ? 'Yes' : 'No'}: ${words}`});
  const compared = need.compare.length ? h('p', {class: 'soft'}, `Compare: ${need.compare.join('; ')}`) : null;
  const isActivity = store.state.draft.activities.some(row => row.id === need.subject);
  return h('div', {class: 'asked', 'data-code': need.code}, h('p', {}, words), compared,
    h('div', {class: 'buttons'}, ...need.yes_or_no ? [say('yes'), say('no')] : [],
      isActivity ? button('Show its row', () => showActivity(need.subject), {class: 'quiet'}) : null));
}
