// The state of the page: one value, every earlier value of this visit for "undo", and its text in the address.

/** @import {Activity, Draft, State} from './types.js' */

/** @returns {Draft} */
export const emptyDraft = () => ({schema: 'cmprules.record/1', holder: {id: 'My record'}, credentials: [{id: 'c1'}], activities: []});

/** @returns {Activity} */
export const emptyCourse = () => ({id: 'course', kind: 'formal_ce', unit: 'contact_hour'});

/** @param {string} edition @returns {State} */
export const emptyState = edition => ({draft: emptyDraft(), on: '', edition, trust: 'inferred', part: 'answer',
  course: emptyCourse(), against: ''});

const LONGEST = 60_000;

/**
 * Write a state for the fragment of the address. The name of the holder is left out, and a state that is too long for
 * an address is null.
 * @param {State} state
 * @returns {Promise<string | null>}
 */
export async function encoded(state) {
  const {id} = state.draft.holder;
  const kept = {...state, draft: {...state.draft, holder: {...state.draft.holder, id, name: undefined}}};
  const plain = JSON.stringify(kept);
  if (plain.length > 50 * LONGEST) return null;
  const bytes = await through(new TextEncoder().encode(plain), new CompressionStream('deflate-raw'));
  const text = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
  const safe = text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return safe.length <= LONGEST ? safe : null;
}

/**
 * Read a state from the fragment of an address; null if there is none or it is broken.
 * @param {string} text
 * @param {State} usual what an address leaves open
 * @returns {Promise<State | null>}
 */
export async function decoded(text, usual) {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0));
    const plain = await through(bytes, new DecompressionStream('deflate-raw'));
    const state = {...usual, ...JSON.parse(new TextDecoder().decode(plain))};
    return Array.isArray(state.draft.credentials) && Array.isArray(state.draft.activities) ? state : null;
  } catch {
    return null;
  }
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {GenericTransformStream} stream
 */
async function through(bytes, stream) {
  const piped = new Blob([bytes]).stream().pipeThrough(/** @type {any} */ (stream));
  return new Uint8Array(await new Response(piped).arrayBuffer());
}

/**
 * The record that the fields say: without rows in which nothing stands, and without empty fields.
 * @param {Draft} draft
 * @returns {Draft}
 */
export function said(draft) {
  return {...draft, credentials: draft.credentials.filter(row => filled(row, ['code', 'expires_on', 'certified_on'])).map(withoutEmpty),
    activities: draft.activities.filter(row => filled(row, ['title', 'completed_on', 'amount'])).map(withoutEmpty)};
}

/** @param {Record<string, unknown>} row @param {string[]} keys */
export const filled = (row, keys) => keys.some(key => row[key] !== undefined && row[key] !== '');

/**
 * @template {Record<string, unknown>} T
 * @param {T} row
 * @returns {T}
 */
const withoutEmpty = row => /** @type {T} */ (Object.fromEntries(
  Object.entries(row).filter(([, value]) => value !== '' && value !== undefined)));

/**
 * An id that no row has yet.
 * @param {string} letter
 * @param {{id: string}[]} rows
 */
export function freeId(letter, rows) {
  const taken = new Set(rows.map(row => row.id));
  let number = rows.length + 1;
  while (taken.has(`${letter}${number}`)) number += 1;
  return `${letter}${number}`;
}

/** Today, where the reader is. */
export function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(part => String(part).padStart(2, '0')).join('-');
}

const MOST_STEPS = 100;

/** The current state, with a way back to every earlier one of this visit. */
export class Store {
  /** @param {State} state @param {() => void} redraw called when every field has to be drawn again */
  constructor(state, redraw) {
    this.state = state;
    /** @type {State[]} */
    this.earlier = [];
    this.redraw = redraw;
    /** @type {(() => void)[]} */
    this.listeners = [];
  }

  /** @param {Partial<State>} change @param {{redraw?: boolean, remember?: boolean}} [how] */
  set(change, {redraw = false, remember = true} = {}) {
    if (remember) this.earlier = [...this.earlier, this.state].slice(-MOST_STEPS);
    this.state = {...this.state, ...change};
    if (redraw) this.redraw();
    this.listeners.forEach(listener => listener());
  }

  /** @param {Partial<Draft>} change @param {{redraw?: boolean, remember?: boolean}} [how] */
  setDraft(change, how) {
    this.set({draft: {...this.state.draft, ...change}}, how);
  }

  undo() {
    const state = this.earlier.pop();
    if (!state) return;
    this.state = state;
    this.redraw();
    this.listeners.forEach(listener => listener());
  }
}
