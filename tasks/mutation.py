"""Mutation tests of the rule modules: `python tasks/mutation.py run _rules/fees`, then `survivors`.

mutmut changes one small thing at a time in a copy of the rules; a change that no test notices is a survivor.
All of it happens in `mutants/`, on a copy of the project in which decorators have been put behind the function that
they stand on: mutmut leaves decorated functions alone, and much is decided in properties.
The mutants are mutmut's; `tests/tools/mutation/trial.py` tries them, and collects the tests once, since a pytest of
its own for each of some five thousand mutants would take hours.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path("src") / "cmprules"
COPIED = ("tests", "tasks", "examples", "docs", "pyproject.toml")
GENERATE = """
from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants
copy_src_dir()
copy_also_copy_files()
create_mutants(1)
"""
SHOW = """
import json, sys
from mutmut.__main__ import get_diff_for_mutant
print(json.dumps({name: get_diff_for_mutant(name) for name in sys.argv[1:]}))
"""
DEAD = ("killed", "timeout")
RESULTS = "results.jsonl"


def config(name: str) -> list[str]:
    """What pyproject.toml says about mutmut."""
    found: dict[str, list[str]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    return found[name]


def modules() -> list[str]:
    """The modules whose mutants count."""
    return [Path(path).relative_to(PACKAGE).with_suffix("").as_posix() for path in config("only_mutate")]


def without_decorators(source: str) -> str:
    """The same module with every decorator of a function applied by an assignment behind it."""
    lines = source.splitlines()
    tree = ast.parse(source)
    bodies = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]
    functions = [node for body in bodies for node in body if isinstance(node, ast.FunctionDef) and node.decorator_list]
    for node in sorted(functions, key=lambda node: node.lineno, reverse=True):
        if ast.unparse(node.decorator_list[0]) in {"classmethod", "staticmethod"}:
            continue  # mutmut can do these
        value = node.name
        for decorator in reversed(node.decorator_list):
            value = f"{ast.unparse(decorator)}({value})"
        lines.insert(node.end_lineno or node.lineno, f"{' ' * node.col_offset}{node.name} = {value}")
        del lines[node.decorator_list[0].lineno - 1:node.lineno - 1]
    return "\n".join(lines) + "\n"


def copy_project(place: Path) -> None:
    """Copy what the tests need; a module that has not changed keeps its time, and so its mutants their results."""
    unwanted = shutil.ignore_patterns("__pycache__", ".hypothesis")
    for name in COPIED:
        if (ROOT / name).is_dir():
            for folder in (place / name, place / "mutants" / name):  # mutmut copies from the one to the other
                shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(ROOT / name, place / name, ignore=unwanted)
        else:
            shutil.copy2(ROOT / name, place / name)
    for path in (ROOT / "src").rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            copy_source(path, place)


def copy_source(path: Path, place: Path) -> None:
    """Copy one file of the package, if it is another than last time."""
    target = place / path.relative_to(ROOT)
    content = path.read_bytes()
    if path.with_suffix("").relative_to(ROOT / "src" / "cmprules").as_posix() in modules():
        content = without_decorators(content.decode("utf-8")).encode("utf-8")
    if not target.exists() or target.read_bytes() != content:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        (place / "mutants" / path.relative_to(ROOT)).unlink(missing_ok=True)


def mutants_of(place: Path, module: str) -> dict[str, str]:
    """The names of the mutants of a module, each with the digest of the function that it is a copy of."""
    path = place / "mutants" / PACKAGE / f"{module}.py.meta"
    made = json.loads(path.read_text(encoding="utf-8"))
    digests = made["hash_by_function_name"]
    return {name: digests[name.rpartition(".")[2].rpartition("__mutmut_")[0]] for name in made["exit_code_by_key"]}


def results(place: Path) -> dict[tuple[str, str], str]:
    """What became of the mutants that have been tried; of two trials of one mutant of the same code the last counts."""
    path = place / RESULTS
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {(result["mutant"], result["of"]): result["state"] for result in map(json.loads, lines)}


def inside(place: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run Python in the copy, with the mutants in the place of the package."""
    paths = os.pathsep.join([str(place / "mutants" / "src"), str(place / "mutants")])
    return subprocess.run([sys.executable, *command], check=False, stdout=subprocess.PIPE,
                          cwd=place if command[0] == "-c" else place / "mutants",
                          env={**os.environ, "PYTHONPATH": paths, "MUTANT_UNDER_TEST": "", **environment})


def run(place: Path, names: list[str], children: int, seconds: float, *, again: bool) -> None:
    """Make the mutants, and try those of some modules or functions; `again` only those that were not killed."""
    place.mkdir(parents=True, exist_ok=True)
    copy_project(place)
    made = inside(place, "-c", GENERATE)
    if made.returncode:
        sys.exit(made.stdout.decode())
    before = results(place) if again else {}
    wanted = [mutant for module in modules() for mutant in mutants_of(place, module).items()
              if (not names or module in names or mutant[0].rpartition("__mutmut_")[0] in names)
              and before.get(mutant) not in DEAD]
    asked = {"mutants": wanted, "children": children, "seconds": seconds, "results": str(place / RESULTS)}
    (place / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    print(f"{len(wanted)} mutants", flush=True)
    tried = inside(place, "-m", "pytest", "-q", "-p", "tests.tools.mutation.trial", "-p", "no:cacheprovider",
                   "--tb=native", "--assert=plain", *config("pytest_add_cli_args_test_selection"),
                   CMPRULES_MUTANTS=str(place / "asked.json"), CMPRULES_HYPOTHESIS="mutation")
    if tried.returncode:
        sys.exit(tried.stdout.decode())


def show(place: Path) -> None:
    """Print how many mutants of each module were killed."""
    tried = results(place)
    everything: Counter[str] = Counter()
    print("module         mutants  killed timeout survived no tests other     dead")
    for module in [*modules(), "all"]:
        if module == "all":
            count = everything
        else:
            count = Counter(tried.get(mutant, "not tried") for mutant in mutants_of(place, module).items())
            everything += count
        named = [count[state] for state in (*DEAD, "survived", "no tests")]
        print(f"{module:<14}{count.total():>8}{named[0]:>8}{named[1]:>8}{named[2]:>9}{named[3]:>9}"
              f"{count.total() - sum(named):>6}{100 * sum(named[:2]) / max(count.total(), 1):>8.1f}%")


def listed() -> set[tuple[str, ...]]:
    """The survivors whose reason is known: module, function, the line and what became of it."""
    kept = ROOT / "tests" / "tools" / "mutation" / "survivors.toml"
    known = tomllib.loads(kept.read_text(encoding="utf-8"))["survivor"]
    return {(one["module"], one["function"], one["line"], becomes) for one in known for becomes in one["becomes"]}


def survivors(place: Path, names: list[str]) -> None:
    """Print what was changed in every mutant that was tried, not killed, and is not listed; and what is listed idly."""
    tried, known = results(place), listed()
    idle = {one for one in known if one[0] in (names or modules())}
    for module in names or modules():
        left = {name: tried[name, of] for name, of in mutants_of(place, module).items()
                if tried.get((name, of), "killed") not in DEAD}
        for name, diff in json.loads(inside(place, "-c", SHOW, *left).stdout or "{}").items():
            lines = [line for line in diff.splitlines() if not line.startswith(("---", "+++"))]
            old, new = ("\n".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+")
            mangled = name.rpartition(".")[2].rpartition("__mutmut_")[0]  # xǁClassǁmethod, or x_function
            function = mangled[2:].replace("ǁ", ".")
            idle.discard((module, function, old, new))
            if (module, function, old, new) not in known:
                print(f"{left[name]}: {name}\n  - {old}\n  + {new}\n".replace("\n  \n", "\n"))
    for module, function, old, new in sorted(idle):
        print(f"listed, and no survivor: {module} {function}\n  - {old}\n  + {new}\n")


def main() -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("run", "show", "survivors"))
    parser.add_argument("names", nargs="*", metavar="MODULE", help="such as _rules/fees (default: every rule module)")
    parser.add_argument("--again", action="store_true", help="only mutants that were not killed before")
    parser.add_argument("--children", type=int, default=2, help="processes at a time (default: 2)")
    parser.add_argument("--seconds", type=float, default=3600, help="how long to try a mutant (default: all its tests)")
    parser.add_argument("--place", type=Path, default=ROOT / "mutants", help="where to work (default: mutants/)")
    asked = parser.parse_args()
    place = asked.place.resolve()
    if asked.what == "run":
        run(place, asked.names, asked.children, asked.seconds, again=asked.again)
    if asked.what == "survivors":
        survivors(place, asked.names)
    show(place)


if __name__ == "__main__":
    main()
