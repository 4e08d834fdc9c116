// Compiles the packages of the playground with Pyodide's own Python, and asks them for what the page shows before
// Python has started: `node bundle.mjs FOLDER`, a folder with packages.zip and readers.zip,
// which packs for the browser replace.

import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadPyodide } from "pyodide";

const folder = process.argv[2];
const pyodide = await loadPyodide();
const python = await readFile(new URL("bundle.py", import.meta.url), "utf-8");
pyodide.runPython(python);
for (const name of ["packages", "readers"]) {
  const archive = join(folder, `${name}.zip`);
  pyodide.unpackArchive(new Uint8Array(await readFile(archive)), "zip", { extractDir: `/${name}` });
  await rm(archive);
}
pyodide.globals.get("shelve")("/packages");
const shown = pyodide.globals.get("shown")().toJs({ dict_converter: Object.fromEntries });
for (const [name, text] of Object.entries(shown)) await writeFile(join(folder, name), text);
for (const name of ["packages", "readers"]) {
  pyodide.globals.get("pack")(`/${name}`, `/${name}.bin`);
  await writeFile(join(folder, `${name}.bin`), pyodide.FS.readFile(`/${name}.bin`));
}
