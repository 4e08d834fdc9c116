// Compiles the packages of the playground with Pyodide's own Python, and asks them for what the page shows before
// Python has started: `node bundle.mjs FOLDER`, a folder with packages.zip and readers.zip, which are replaced.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadPyodide } from "pyodide";

const folder = process.argv[2];
const pyodide = await loadPyodide();
const python = await readFile(new URL("bundle.py", import.meta.url), "utf-8");
pyodide.runPython(python);
for (const name of ["packages", "readers"]) {
  pyodide.unpackArchive(new Uint8Array(await readFile(join(folder, `${name}.zip`))), "zip", { extractDir: `/${name}` });
  pyodide.globals.get("pack")(`/${name}`, `/${name}.zip`);
  await writeFile(join(folder, `${name}.zip`), pyodide.FS.readFile(`/${name}.zip`));
}
const shown = pyodide.globals.get("shown")("/packages").toJs({ dict_converter: Object.fromEntries });
for (const [name, text] of Object.entries(shown)) await writeFile(join(folder, name), text);
