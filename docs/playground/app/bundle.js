// The files of Python: found, fetched once with the bytes counted, and kept so that the page works without a network.

/** @import {Manifest} from './types.js' */

export const KEPT = 'cmprules-playground';
const FIRST = ['pyodide/pyodide.mjs', 'pyodide/pyodide.asm.mjs', 'pyodide/pyodide.asm.wasm', 'pyodide/python_stdlib.zip',
  'pyodide/pyodide-lock.json', 'packages.bin'];

/** The list of the files; null where the site was built without them. @returns {Promise<Manifest | null>} */
export async function manifest() {
  const found = await fetch('bundle/manifest.json', {cache: 'no-cache'});
  return found.ok ? found.json() : null;
}

/** @param {Manifest} list @param {string} name */
export const addressOf = (list, name) => new URL(`bundle/${list.folder}/${name}`, document.baseURI).href;

/** Let the service worker take over, where a browser has one; false where it does not. */
export async function controlled() {
  if (!('serviceWorker' in navigator) || !('caches' in globalThis)) return false;
  try {
    await navigator.serviceWorker.register('service-worker.js');
    if (navigator.serviceWorker.controller) return true;
    await new Promise((resolve, reject) => {
      navigator.serviceWorker.addEventListener('controllerchange', resolve, {once: true});
      setTimeout(() => reject(new Error('the service worker did not start')), 10_000);
    });
    return true;
  } catch {
    return false; // the page then works, but not without a network
  }
}

/**
 * Fetch what Python needs to start, and keep it.
 * @param {Manifest} list
 * @param {(loaded: number, total: number) => void} progress
 */
export async function fetchFirst(list, progress) {
  const cache = await caches.open(KEPT);
  const total = FIRST.reduce((sum, name) => sum + (list.files[name] ?? 0), 0);
  let loaded = 0;
  const count = (/** @type {number} */ bytes) => { loaded += bytes; progress(Math.min(loaded, total), total); };
  await Promise.all(FIRST.map(name => kept(cache, addressOf(list, name), count, list.files[name] ?? 0)));
}

/** Fetch the rest, and forget the files of earlier versions. @param {Manifest} list */
export async function fetchRest(list) {
  const cache = await caches.open(KEPT);
  await Promise.all(Object.keys(list.files).map(name => kept(cache, addressOf(list, name), () => undefined, 0)));
  for (const {url} of await cache.keys()) {
    if (url.includes('/bundle/') && !url.includes(`/${list.folder}/`) && !url.endsWith('/manifest.json')) await cache.delete(url);
  }
}

/** @param {Cache} cache @param {string} url @param {(bytes: number) => void} count @param {number} size */
async function kept(cache, url, count, size) {
  if (await cache.match(url)) return count(size);
  const found = await fetch(url);
  if (!found.ok || !found.body) throw new Error(`${url} cannot be loaded (${found.status})`);
  const counted = found.body.pipeThrough(new TransformStream({transform(chunk, out) { count(chunk.byteLength); out.enqueue(chunk); }}));
  const type = found.headers.get('content-type') ?? 'application/octet-stream';
  await cache.put(url, new Response(counted, {headers: {'content-type': type}}));
}
