"""Mutation tests of the parts of the package: `python tasks/mutation.py run renewal`, then `survivors renewal`.

mutmut changes one small thing at a time in a copy of the package; a change that no test notices is a survivor.
`tests/tools/mutation/parts.toml` lists the parts, their modules, and the tests that run against their mutants.
Everything happens in `mutants/`, on a copy of the project for each part.  In the copy an assignment after each function
applies its decorators, because mutmut skips decorated functions, and properties hold much of the logic.  Casts do
nothing at run time, and are left out of the copy.
mutmut makes the mutants; `tests/tools/mutation/trial.py` tries them, and collects the tests only once: a pytest run for
each of about five thousand mutants would take hours.
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
from dataclasses import dataclass
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path("src") / "cmprules"
COPIED = ("tests", "tasks", "examples", "docs", "pyproject.toml", "README.md")
LISTS = Path("tests") / "tools" / "mutation"
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


@dataclass(frozen=True)
class Part:
    """A part of the package: its modules, such as `_rules/fees`, and the tests that run against their mutants."""

    name: str
    modules: list[str]
    golden: list[str]
    tests: list[str]
    place: Path

    def chosen(self, names: list[str]) -> list[str]:
        """Return the modules named; all of them if none is."""
        return [module for module in self.modules if module in names] or self.modules


def parts(place: Path) -> list[Part]:
    """Return the parts in the order of the table; each has its own folder in `place`."""
    known = tomllib.loads((ROOT / LISTS / "parts.toml").read_text(encoding="utf-8"))["part"]
    return [Part(name, part["modules"], part["golden"], part["tests"], place / name) for name, part in known.items()]


def asked_for(place: Path, names: list[str]) -> list[Part]:
    """Return the parts that are named by themselves, by a module or by a function; all of them without a name."""
    found = [part for part in parts(place)
             if not names or part.name in names or any(module_of(name) in part.modules for name in names)]
    if not found:
        sys.exit(f"No part, module or function is called {' or '.join(names)}: see {LISTS / 'parts.toml'}.")
    return found


def module_of(name: str) -> str:
    """Return the module of a function named as mutmut does, `cmprules._rules.fees.x_quote`; else the name itself."""
    return name.removeprefix("cmprules.").rpartition(".")[0].replace(".", "/") or name


def without_decorators(source: str) -> str:
    """Rewrite a module so that every decorator of a function is applied by an assignment after it."""
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


def without_casts(source: str) -> str:
    """Replace each cast in a module with its value; casts do nothing at run time."""
    lines = source.splitlines()
    casts = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)
             and ast.unparse(node.func) == "cast" and not lines[node.lineno - 1].lstrip().startswith("return cast(")]
    for node in sorted(casts, key=lambda node: (node.lineno, node.col_offset), reverse=True):
        end = node.end_lineno or node.lineno
        value = ast.get_source_segment("\n".join(lines), node.args[1]) or ""
        first, last = (lines[number - 1].encode() for number in (node.lineno, end))
        lines[node.lineno - 1:end] = (first[:node.col_offset].decode() + f"({value})"
                                      + last[node.end_col_offset:].decode()).split("\n")
    return "\n".join(lines) + "\n"


def copy_project(part: Part) -> None:
    """Copy what the tests need; an unchanged module keeps its time, so that its mutants keep their results."""
    unwanted = shutil.ignore_patterns("__pycache__", ".hypothesis", "node_modules")
    for name in COPIED:
        if (ROOT / name).is_dir():
            for folder in (part.place / name, part.place / "mutants" / name):  # mutmut copies from the one to the other
                shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(ROOT / name, part.place / name, ignore=unwanted)
        else:
            shutil.copy2(ROOT / name, part.place / name)
    choose(part)
    for path in (ROOT / "src").rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            copy_source(path, part)


def choose(part: Part) -> None:
    """Set the modules that mutmut changes, in the configuration of the copy."""
    settings = part.place / "pyproject.toml"
    chosen = json.dumps([str(PACKAGE / f"{module}.py") for module in part.modules])
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[tool.mutmut]", f"[tool.mutmut]\nonly_mutate = {chosen}", 1), encoding="utf-8")


def copy_source(path: Path, part: Part) -> None:
    """Copy one file of the package if it has changed since last time."""
    target = part.place / path.relative_to(ROOT)
    content = path.read_bytes()
    if path.with_suffix("").relative_to(ROOT / PACKAGE).as_posix() in part.modules:
        content = without_decorators(without_casts(content.decode("utf-8"))).encode("utf-8")
    if not target.exists() or target.read_bytes() != content:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        (part.place / "mutants" / path.relative_to(ROOT)).unlink(missing_ok=True)


def mutants_of(place: Path, module: str) -> dict[str, str]:
    """Map the mutants of a module to the digest of the function that each was made from."""
    path = place / "mutants" / PACKAGE / f"{module}.py.meta"
    made = json.loads(path.read_text(encoding="utf-8"))
    digests = made["hash_by_function_name"]
    return {name: digests[name.rpartition(".")[2].rpartition("__mutmut_")[0]] for name in made["exit_code_by_key"]}


def results(place: Path) -> dict[tuple[str, str], str]:
    """Return the result of each mutant tried; if the same code was tried twice, the last result counts."""
    path = place / RESULTS
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {(result["mutant"], result["of"]): result["state"] for result in map(json.loads, lines)}


def inside(place: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run Python in the copy, with the mutants in place of the package."""
    paths = os.pathsep.join([str(place / "mutants" / "src"), str(place / "mutants")])
    return subprocess.run([sys.executable, *command], check=False, stdout=subprocess.PIPE,
                          cwd=place if command[0] == "-c" else place / "mutants",
                          env={**os.environ, "PYTHONPATH": paths, "MUTANT_UNDER_TEST": "", **environment})


def make(part: Part) -> None:
    """Make the mutants of a part."""
    part.place.mkdir(parents=True, exist_ok=True)
    copy_project(part)
    made = inside(part.place, "-c", GENERATE)
    if made.returncode:
        sys.exit(made.stdout.decode())


def run(part: Part, asked: argparse.Namespace) -> None:
    """Make the mutants, and try those of some modules or functions; with `again`, only those not killed before."""
    make(part)
    before = results(part.place) if asked.again else {}
    names, whole = asked.names, not asked.names or part.name in asked.names
    wanted = [mutant for module in part.modules for mutant in mutants_of(part.place, module).items()
              if whole or module in names or mutant[0].rpartition("__mutmut_")[0] in names]
    if asked.sample is not None:
        wanted = Random(asked.seed).sample(wanted, min(asked.sample, len(wanted)))
    wanted = [mutant for mutant in wanted if before.get(mutant) not in DEAD]
    told = {"mutants": wanted, "children": asked.children, "seconds": asked.seconds,
            "results": str(part.place / RESULTS), "modules": part.modules, "golden": part.golden, "part": part.name}
    (part.place / "asked.json").write_text(json.dumps(told), encoding="utf-8")
    print(f"{part.name}: {len(wanted)} mutants", flush=True)
    tried = inside(part.place, "-m", "pytest", "-q", "-n0", "-p", "tests.tools.mutation.trial",
                   "-p", "no:cacheprovider", "--tb=native", "--assert=plain", *(asked.tests or part.tests),
                   CMPRULES_MUTANTS=str(part.place / "asked.json"), CMPRULES_HYPOTHESIS="mutation",
                   CMPRULES_EXAMPLES=str(asked.examples))
    if tried.returncode:
        sys.exit(tried.stdout.decode())


def show(part: Part, names: list[str]) -> None:
    """Print how many mutants of each module of a part were killed."""
    tried, everything = results(part.place), Counter[str]()
    print(f"{part.name:<26} mutants  killed timeout survived no tests other     dead")
    for module in part.chosen(names):
        count = Counter(tried.get(mutant, "not tried") for mutant in mutants_of(part.place, module).items())
        everything += count
        print(counted(module, count))
    print(counted("together", everything))


def counted(name: str, count: Counter[str]) -> str:
    """Format a line of the table of results; the last number is the share of those tried."""
    named = [count[state] for state in (*DEAD, "survived", "no tests")]
    share = 100 * sum(named[:2]) / max(count.total() - count["not tried"], 1)
    return (f"{name:<26}{count.total():>8}{named[0]:>8}{named[1]:>8}{named[2]:>9}{named[3]:>9}"
            f"{count.total() - sum(named):>6}{share:>8.1f}%")


def listed() -> set[tuple[str, ...]]:
    """Return the survivors whose reason is known: module, function, the line and its replacement."""
    known = tomllib.loads((ROOT / LISTS / "survivors.toml").read_text(encoding="utf-8"))["survivor"]
    return {(one["module"], one["function"], one["line"], becomes) for one in known for becomes in one["becomes"]}


def survivors(part: Part, names: list[str]) -> None:
    """Print the change of every survivor that is not listed, and every entry that matches no survivor."""
    tried, known, chosen = results(part.place), listed(), part.chosen(names)
    idle = {one for one in known if one[0] in chosen}
    for module in chosen:
        left = {name: tried[name, of] for name, of in mutants_of(part.place, module).items()
                if tried.get((name, of), "killed") not in DEAD}
        for name, diff in json.loads(inside(part.place, "-c", SHOW, *left).stdout or "{}").items():
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
    parser.add_argument("what", choices=("make", "run", "show", "survivors"))
    parser.add_argument("names", nargs="*", metavar="PART", help="such as renewal, or _rules/fees (default: all parts)")
    parser.add_argument("--again", action="store_true", help="only mutants that were not killed before")
    parser.add_argument("--children", type=int, default=2, help="processes at a time (default: 2)")
    parser.add_argument("--seconds", type=float, default=3600, help="how long to try a mutant (default: all its tests)")
    parser.add_argument("--tests", nargs="+", metavar="PATH", help="only these tests, such as those that were added")
    parser.add_argument("--sample", type=int, metavar="N", help="only N of the mutants, drawn at random")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws another sample (default: 1)")
    parser.add_argument("--examples", type=int, default=60, help="examples of every law (default: 60)")
    parser.add_argument("--place", type=Path, default=ROOT / "mutants", help="where to work (default: mutants/)")
    asked = parser.parse_args()
    for part in asked_for(asked.place.resolve(), asked.names):
        if asked.what == "make":
            make(part)
        if asked.what == "run":
            run(part, asked)
        if (part.place / "mutants").exists():
            if asked.what == "survivors":
                survivors(part, asked.names)
            show(part, asked.names)


if __name__ == "__main__":
    main()
