// Python, in a thread of its own: it starts Pyodide, unpacks the packages, and answers one question at a time.

/**
 * @typedef {{folder: string}} Start
 * @typedef {{id: number, method: string, asked: Record<string, unknown>, files: {name: string, bytes: ArrayBuffer}[]}} Asked
 * @typedef {{FS: {mkdirTree(path: string): void, writeFile(path: string, bytes: Uint8Array): void,
 *   unlink(path: string): void}, unpackArchive(bytes: ArrayBuffer, format: string, options: {extractDir: string}): void,
 *   runPython(code: string): any}} Pyodide
 */

const scope = /** @type {DedicatedWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const SITE = '/lib/python3.14/site-packages';
/** @type {string} */
let folder;
/** @type {Promise<{pyodide: Pyodide, answer: (method: string, asked: string) => string}>} */
let started;
let withReaders = false;

/** @param {string} name */
const file = async name => {
  const found = await fetch(`${folder}/${name}`);
  if (!found.ok) throw new Error(`${name} cannot be loaded (${found.status})`);
  return found.arrayBuffer();
};

async function start() {
  const began = performance.now();
  const packages = file('packages.zip');
  packages.catch(() => undefined); // said when it is waited for
  const {loadPyodide} = await import(`${folder}/pyodide/pyodide.mjs`);
  scope.postMessage({stage: 'Starting Python'});
  /** @type {Pyodide} */
  const pyodide = await loadPyodide({indexURL: `${folder}/pyodide/`});
  const python = performance.now();
  scope.postMessage({stage: 'Loading the rules'});
  pyodide.unpackArchive(await packages, 'zip', {extractDir: SITE});
  const answer = pyodide.runPython('import desk\ndesk.answer');
  scope.postMessage({ready: {python: python - began, package: performance.now() - python}});
  return {pyodide, answer};
}

/** @param {Pyodide} pyodide */
async function readers(pyodide) {
  if (withReaders) return;
  pyodide.unpackArchive(await file('readers.zip'), 'zip', {extractDir: SITE});
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
