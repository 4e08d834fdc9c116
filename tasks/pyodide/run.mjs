// Runs the conformance vectors on CPython in WebAssembly: `node run.mjs WHEEL...`, the wheels being cmprules and what
// it needs.  Everything is loaded from the npm package and these files; the exit status is that of the runner.

import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { loadPyodide } from "pyodide";

const wheels = process.argv.slice(2).filter((word) => word.endsWith(".whl"));
const options = process.argv.slice(2).filter((word) => !word.endsWith(".whl"));
if (!wheels.some((wheel) => basename(wheel).startsWith("cmprules-"))) {
  console.error("usage: node run.mjs cmprules-*.whl attrs-*.whl python_dateutil-*.whl six-*.whl [OPTION...]");
  process.exit(2);
}

const began = performance.now();
const pyodide = await loadPyodide();
for (const wheel of wheels) {
  pyodide.unpackArchive(new Uint8Array(await readFile(wheel)), "wheel");
}
pyodide.globals.set("options", pyodide.toPy(options));
const status = pyodide.runPython(`
import platform
import sys

import cmprules
from cmprules.conformance._command import main

try:
    status = main(options)
except SystemExit as stop:
    status = stop.code
print(f"cmprules {cmprules.__version__} on Python {platform.python_version()}, {sys.platform} ({platform.machine()})")
sys.stdout.flush()
status
`);
console.log(`in ${((performance.now() - began) / 1000).toFixed(1)} s, Pyodide ${pyodide.version} and Node ${process.version}`);
process.exit(status);
