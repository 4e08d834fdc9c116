// Elements in a line, fields with their message, and where the library's faults are shown.

/** @import {Fault} from './types.js' */

/**
 * Make an element: names that begin with "on" are listeners, `true` is an attribute without a value.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Node | string | null | undefined)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === undefined || value === null) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (name === 'value') /** @type {HTMLInputElement} */ (/** @type {unknown} */ (element)).value = String(value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
}

let count = 0;

/**
 * A labelled field; `path` is where it stands in the record, and finds its message.
 * @param {string} label
 * @param {HTMLElement} input
 * @param {{path?: string, hint?: string}} [more]
 */
export function field(label, input, {path, hint} = {}) {
  count += 1;
  input.id = `f${count}`;
  if (path) input.dataset.path = path;
  return h('div', {class: 'field'}, h('label', {for: input.id}, label), input, hint ? h('p', {class: 'soft'}, hint) : null);
}

/**
 * @param {Record<string, string>} options value to words
 * @param {string} chosen
 * @param {(value: string) => void} onchange
 */
export function select(options, chosen, onchange) {
  const made = h('select', {onchange: () => onchange(made.value)},
    ...Object.entries(options).map(([value, words]) => h('option', {value, selected: value === chosen}, words)));
  return made;
}

/** @param {string} words @param {() => void} onclick @param {Record<string, unknown>} [more] */
export const button = (words, onclick, more = {}) => h('button', {type: 'button', onclick, ...more}, words);

/**
 * Show each fault beside its field, and return those that belong to no field on the page.
 * @param {Fault[]} faults with paths as the fields have them
 * @returns {Fault[]}
 */
export function showFaults(faults) {
  document.querySelectorAll('.fault[data-of]').forEach(message => message.remove());
  document.querySelectorAll('[aria-invalid]').forEach(input => {
    input.removeAttribute('aria-invalid');
    input.removeAttribute('aria-describedby');
  });
  return faults.filter(fault => !shownBeside(fault));
}

/** @param {Fault} fault */
function shownBeside(fault) {
  const input = /** @type {HTMLElement | null} */ (document.querySelector(`[data-path="${CSS.escape(fault.path)}"]`));
  if (!input) return false;
  const message = h('p', {class: 'fault', id: `${input.id}-fault`, 'data-of': fault.path}, faultText(fault));
  input.setAttribute('aria-invalid', 'true');
  input.setAttribute('aria-describedby', message.id);
  input.closest('.field')?.append(message);
  return true;
}

/** @param {Fault} fault */
export const faultText = fault => `${fault.text} (${fault.code})`;

/**
 * Show a report of the library, which escapes whatever it is given; what was unfolded stays unfolded.
 * @param {HTMLElement} place
 * @param {string} html
 */
export function showReport(place, html) {
  const page = new DOMParser().parseFromString(html.replace(STYLE, (_, style) => { adopt(style); return ''; }), 'text/html');
  const open = new Set([...place.querySelectorAll('details[open] > summary')].map(summary => summary.textContent));
  place.replaceChildren(...page.querySelector('main')?.childNodes ?? []);
  place.querySelectorAll('details').forEach(details => {
    if (open.has(details.querySelector('summary')?.textContent ?? '')) details.open = true;
  });
}

const STYLE = /<style>(.*?)<\/style>/s;
const sheet = new CSSStyleSheet();

/** @param {string} style */
function adopt(style) {
  sheet.replaceSync(style);
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets = [sheet];
}
