// The page's end of the thread in which Python runs.

/** @import {Fault, Given} from './types.js' */

/** @typedef {{faults: Fault[]} | {faults?: undefined}} MayFail */

export class Python {
  /**
   * @param {string} folder where the bundle is
   * @param {(stage: string) => void} onstage
   */
  constructor(folder, onstage) {
    this.worker = new Worker(new URL('worker.js', import.meta.url), {type: 'module'});
    /** @type {Map<number, {resolve: (text: string) => void, reject: (error: Error) => void}>} */
    this.waiting = new Map();
    this.count = 0;
    /** @type {Record<string, number>} */
    this.times = {};
    this.worker.addEventListener('message', ({data}) => this.#heard(data, onstage));
    this.worker.addEventListener('error', event => this.#failed(event.message || 'the thread of Python stopped'));
    /** @type {string | null} */
    this.broken = null;
    this.ready = new Promise((resolve, reject) => Object.assign(this, {resolve, reject}));
    this.ready.catch(() => undefined);
    this.worker.postMessage({folder: new URL(folder, document.baseURI).href});
  }

  /** @param {any} data @param {(stage: string) => void} onstage */
  #heard(data, onstage) {
    if (data.stage) return onstage(data.stage);
    if (data.failed) return this.#failed(data.failed);
    if (data.ready) {
      Object.assign(this.times, data.ready);
      return /** @type {any} */ (this).resolve();
    }
    const one = this.waiting.get(data.id);
    this.waiting.delete(data.id);
    if (data.took) this.times.last = data.took;
    return data.error ? one?.reject(new Error(data.error)) : one?.resolve(data.text);
  }

  /** @param {string} why */
  #failed(why) {
    this.broken = why;
    /** @type {any} */ (this).reject(new Error(why));
    this.waiting.forEach(one => one.reject(new Error(why)));
    this.waiting.clear();
  }

  /**
   * Ask Python; the paths of files are added to what is asked.
   * @template T
   * @param {string} method
   * @param {Record<string, unknown>} asked
   * @param {Given[]} [files]
   * @returns {Promise<T & MayFail>}
   */
  async ask(method, asked, files = []) {
    await this.ready;
    this.count += 1;
    const id = this.count;
    const text = await new Promise((resolve, reject) => {
      this.waiting.set(id, {resolve, reject});
      this.worker.postMessage({id, method, asked, files});
    });
    return JSON.parse(text);
  }
}
