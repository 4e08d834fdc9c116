// Python, in a thread of its own: it starts Pyodide, unpacks the packages, and answers one question at a time.

/**
 * @typedef {{folder: string}} Start
 * @typedef {{id: number, method: string, asked: Record<string, unknown>, files: {name: string, bytes: ArrayBuffer}[]}} Asked
 * @typedef {{FS: {mkdirTree(path: string): void, writeFile(path: string, bytes: Uint8Array): void,
 *   unlink(path: string): void}, runPython(code: string): any}} Pyodide
 */

const scope = /** @type {DedicatedWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const SITE = '/lib/python3.14/site-packages';
/** @type {string} */
let folder;
/** @type {Promise<{pyodide: Pyodide, answer: (method: string, asked: string) => string}>} */
let started;
let withReaders = false;

/** Fetch a pack and take it apart: the length of a list, the list, and the files one after another. @param {string} name */
async function pack(name) {
  const found = await fetch(`${folder}/${name}`);
  if (!found.ok || !found.body) throw new Error(`${name} cannot be loaded (${found.status})`);
  const raw = await new Response(found.body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
  const length = new DataView(raw).getUint32(0, true);
  /** @type {[string, number][]} */
  const listed = JSON.parse(new TextDecoder().decode(new Uint8Array(raw, 4, length)));
  let at = 4 + length;
  return listed.map(([path, size]) => {
    at += size;
    return {path: `${SITE}/${path}`, bytes: new Uint8Array(raw, at - size, size)};
  });
}

/** @param {Pyodide} pyodide @param {{path: string, bytes: Uint8Array}[]} files */
function place({FS}, files) {
  new Set(files.map(({path}) => path.slice(0, path.lastIndexOf('/')))).forEach(path => FS.mkdirTree(path));
  files.forEach(({path, bytes}) => FS.writeFile(path, bytes));
}

async function start() {
  const began = performance.now();
  const packages = pack('packages.bin');
  packages.catch(() => undefined); // said when it is waited for
  const {loadPyodide} = await import(`${folder}/pyodide/pyodide.mjs`);
  scope.postMessage({stage: 'Starting Python'});
  /** @type {Pyodide} */
  const pyodide = await loadPyodide({indexURL: `${folder}/pyodide/`});
  const python = performance.now();
  scope.postMessage({stage: 'Loading the rules'});
  place(pyodide, await packages);
  const answer = pyodide.runPython('import importlib\nimportlib.invalidate_caches()\nimport desk\ndesk.answer');
  scope.postMessage({ready: {python: python - began, package: performance.now() - python}});
  return {pyodide, answer};
}

/** @param {Pyodide} pyodide */
async function readers(pyodide) {
  if (withReaders) return;
  place(pyodide, await pack('readers.bin'));
  pyodide.runPython('import importlib\nimportlib.invalidate_caches()');
  withReaders = true;
}

/**
 * Write the files where Python finds them, ask, and take them away again.
 * @param {Asked} data
 */
async function answered({method, asked, files}) {
  const {pyodide, answer} = await started;
  if (files.length) await readers(pyodide);
  const paths = files.map(({name, bytes}, number) => {
    pyodide.FS.mkdirTree(`/given/${number}`);
    const path = `/given/${number}/${name.replaceAll('/', '_')}`;
    pyodide.FS.writeFile(path, new Uint8Array(bytes));
    return path;
  });
  try {
    return answer(method, JSON.stringify(files.length ? {...asked, paths} : asked));
  } finally {
    paths.forEach(path => pyodide.FS.unlink(path));
  }
}

let queue = Promise.resolve();

scope.addEventListener('message', ({data}) => {
  if (data.folder) {
    ({folder} = /** @type {Start} */ (data));
    started = start();
    started.catch(error => scope.postMessage({failed: String(error)}));
    return;
  }
  queue = queue.then(async () => {
    const began = performance.now();
    try {
      const text = await answered(data);
      scope.postMessage({id: data.id, text, took: performance.now() - began});
    } catch (error) {
      scope.postMessage({id: data.id, error: String(error)});
    }
  });
});
