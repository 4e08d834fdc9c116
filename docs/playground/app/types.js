// What the modules of the page hand to each other; the names of a record are those of its format.

/**
 * @typedef {Record<string, unknown> & {id: string, code?: string, expires_on?: string, certified_on?: string}} Credential
 * @typedef {Record<string, unknown> & {id: string, title?: string, completed_on?: string, kind?: string,
 *   amount?: string, unit?: string, areas?: string[]}} Activity
 * @typedef {{code: string, subjects: string[], answer: string, others?: string[]}} Settled
 * @typedef {{schema: string, holder: {id: string, name?: string}, credentials: Credential[], activities: Activity[],
 *   placements?: unknown[], settled?: Settled[]}} Draft
 *
 * @typedef {object} State
 * @property {Draft} draft the record as it stands in the fields
 * @property {string} on the day; empty for today
 * @property {string} edition
 * @property {string} trust the weakest sources to accept
 * @property {string} part the part of the answer that is shown
 * @property {Activity} course the course of "what if"
 * @property {string} against the edition to compare with
 *
 * @typedef {{path: string, code: string, text: string}} Fault
 * @typedef {{credential: string, code: string, subject: string, question: string, others: string[], about: string,
 *   compare: string[], yes_or_no: boolean}} Need
 * @typedef {{verdicts: {tone: string, text: string}[], needs: Need[], html: string, long: boolean, after?: {tone: string, text: string}[]}} View
 * @typedef {{place: string, status: string, what: string, activity: string | null, codes: string[], texts: string[]}} Line
 * @typedef {{html: string, why: string | null, record: Draft | null, lines: Line[]}} Rows
 *
 * @typedef {object} Words
 * @property {string} version
 * @property {string[]} editions
 * @property {string[]} examples
 * @property {{code: string, name: string, bodies: string[]}[]} credentials
 * @property {Record<string, string>} areas
 * @property {Record<string, {label: string, units: string[]}>} kinds
 * @property {Record<string, string>} units
 * @property {Record<string, string>} trust
 *
 * @typedef {{name: string, bytes: ArrayBuffer}} Given
 * @typedef {{folder: string, files: Record<string, number>}} Manifest
 */

export {};
