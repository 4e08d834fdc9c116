"""Bundle the Python of the playground into `docs/playground/app/bundle`, which is not committed.

    python tasks/write_playground.py

This needs Node, npm, and the registries of PyPI and npm.  The script takes Pyodide from npm, the package from this
tree and its dependencies from PyPI, compiles everything for Pyodide's Python, and writes static files under a name
that changes with their content.  The documentation builds without them; the playground's page then says how to make
them.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "docs" / "playground" / "app" / "bundle"
RUNTIME = ROOT / "tasks" / "pyodide"
PARTS = ROOT / "tasks" / "playground"
LEFT_OUT = ("_cli", "batch", "conformance", "testing", "data/schemas", "__pycache__")
"""Parts of the package that the page does not need: the command line, populations, vectors, tests, schemas."""
FROM_NPM = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
ANY = ("--platform", "any", "--implementation", "py", "--abi", "none")
COMPILED = ("--platform", "pyemscripten_2026_0_wasm32", "--implementation", "cp", "--abi", "cp314")


def main() -> None:
    """Rewrite the bundle."""
    with TemporaryDirectory() as folder:
        work = Path(folder)
        packages, readers = work / "packages", work / "readers"
        _unpack(_wheels(PARTS / "packages.txt", ANY, work / "wheels"), packages)
        _own(packages)
        _unpack(_wheels(PARTS / "readers.txt", ANY, work / "more"), readers)
        _unpack(_wheels(PARTS / "compiled.txt", COMPILED, work / "compiled"), readers)
        out = work / "out"
        out.mkdir()
        _runtime(out / "pyodide")
        _compile(packages, readers, out)
        (out / "licenses.txt").write_text("".join(_licenses((packages, readers))), encoding="utf-8")
        _place(out)


def _wheels(listed: Path, kind: tuple[str, ...], folder: Path) -> list[Path]:
    """Download wheels, each with its digest checked."""
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
                    "--python-version", "3.14", *kind, "--require-hashes", "--requirement", str(listed),
                    "--dest", str(folder)], check=True)
    return sorted(folder.glob("*.whl"))


def _unpack(wheels: Iterable[Path], folder: Path) -> None:
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(folder)


def _own(folder: Path) -> None:
    """Copy the package, and the module that answers the page."""
    source = ROOT / "src" / "cmprules"
    left_out = {source / name for name in LEFT_OUT}

    def ignored(place: str, names: list[str]) -> set[str]:
        return {name for name in names
                if Path(place) / name in left_out or name == "__pycache__" or name.endswith((".pyi", ".typed"))}

    shutil.copytree(source, folder / "cmprules", ignore=ignored)
    shutil.copy(PARTS / "desk.py", folder / "desk.py")


def _runtime(folder: Path) -> None:
    """Copy Pyodide, with an index that lists no packages: everything it needs is in the same folder."""
    if not (RUNTIME / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=RUNTIME, check=True)
    folder.mkdir()
    for name in FROM_NPM:
        shutil.copy(RUNTIME / "node_modules" / "pyodide" / name, folder / name)
    index = json.loads((RUNTIME / "node_modules" / "pyodide" / "pyodide-lock.json").read_text(encoding="utf-8"))
    (folder / "pyodide-lock.json").write_text(json.dumps({**index, "packages": {}}), encoding="utf-8")


def _compile(packages: Path, readers: Path, out: Path) -> None:
    """Compile and pack with Pyodide itself, and write what the page shows before Python has started."""
    for name, folder in (("packages", packages), ("readers", readers)):
        _pack(folder, out / f"{name}.zip")
    subprocess.run(["node", "bundle.mjs", str(out)], cwd=RUNTIME, check=True)


def _pack(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and ".dist-info" not in path.as_posix():
                packed.write(path, path.relative_to(folder).as_posix())


def _licenses(folders: Iterable[Path]) -> Iterator[str]:
    """Quote the licenses of everything in the bundle."""
    yield ("Pyodide, https://pyodide.org: Mozilla Public License 2.0\n"
           "CPython and its standard library: PSF License Agreement, https://docs.python.org/3/license.html\n"
           f"cmprules:\n\n{(ROOT / 'LICENSE').read_text(encoding='utf-8')}\n")
    for path in sorted(path for folder in folders for path in folder.glob("*.dist-info/**/*")):
        if path.is_file() and path.name.upper().startswith(("LICENSE", "COPYING", "NOTICE")):
            package = next(part for part in path.parts if part.endswith(".dist-info")).removesuffix(".dist-info")
            yield f"\n{package}, {path.name}:\n\n{path.read_text(encoding='utf-8')}\n"


def _place(out: Path) -> None:
    """Move the bundle to its place, under a name made from its contents, with a list of its files."""
    files = sorted(path for path in out.rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(out).as_posix()}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    name = digest.hexdigest()[:16]
    shutil.rmtree(BUNDLE, ignore_errors=True)
    BUNDLE.mkdir(parents=True)
    shutil.copytree(out, BUNDLE / name)
    listed = {path.relative_to(out).as_posix(): path.stat().st_size for path in files}
    text = json.dumps({"folder": name, "files": listed}, indent=2) + "\n"
    (BUNDLE / "manifest.json").write_text(text, encoding="utf-8")
    print(f"{BUNDLE.relative_to(ROOT)}/{name}: {len(files)} files, {sum(listed.values()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
