// Keeps the page and its Python, so that both open without a network. What is kept under a name that changes with it
// comes from there; everything else is asked of the server each time, and comes from there only without a network.

const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const KEPT = 'cmprules-playground';
const PAGE = ['./', 'bundle.js', 'dom.js', 'files.js', 'main.js', 'panel.js', 'python.js', 'record.js', 'state.js',
  'style.css', 'types.js', 'worker.js', 'bundle/manifest.json'];

scope.addEventListener('install', event => event.waitUntil(keepPage()));
scope.addEventListener('activate', event => event.waitUntil(scope.clients.claim()));
scope.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== scope.location.origin) return;
  const lasting = url.pathname.includes('/bundle/') && !url.pathname.endsWith('/manifest.json');
  event.respondWith(lasting ? keptFirst(event.request) : newestFirst(event.request));
});

async function keepPage() {
  const cache = await caches.open(KEPT);
  await cache.addAll(PAGE.map(name => new Request(name, {cache: 'no-cache'})));
  await scope.skipWaiting();
}

/** @param {Request} request */
async function keptFirst(request) {
  return await caches.match(request) ?? fetch(request);
}

/** @param {Request} request */
async function newestFirst(request) {
  try {
    const found = await fetch(request);
    if (found.ok) await (await caches.open(KEPT)).put(request, found.clone());
    return found;
  } catch (error) {
    const kept = await caches.match(request, {ignoreSearch: true});
    if (kept) return kept;
    throw error;
  }
}
