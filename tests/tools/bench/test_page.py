"""The page and its pictures follow from the results."""

from __future__ import annotations

import tomllib
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from bench._page import AIMS, ORDER, PAGE, PICTURES, REMARKS, THEMES, page
from bench._result import RESULTS, digest_of, read, write
from bench.run import BENCHMARKS

from tests.tools.bench.samples import BARS, CURVES

KEPT = sorted(RESULTS.glob("*.json"))


def test_the_page_is_what_the_results_and_remarks_give() -> None:
    """No figure is typed by hand."""
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tasks.write_benchmarks"


def test_every_result_that_is_kept_is_on_the_page_and_can_be_measured_again() -> None:
    """Results, remarks, the page and the command have the same benchmarks."""
    assert {*tomllib.loads(REMARKS.read_text(encoding="utf-8"))} == {*ORDER} == {*BENCHMARKS}
    assert {path.stem for path in KEPT} <= {*ORDER}
    assert [read(path).name for path in KEPT] == [path.stem for path in KEPT]


def test_every_picture_was_drawn_from_the_result_that_is_kept() -> None:
    """Each picture, light and dark, names the digest of its result; there are no others."""
    expected = {f"{path.stem}.{theme}.svg": digest_of(path) for path in KEPT for theme in THEMES}

    assert {path.name for path in PICTURES.iterdir()} == {*expected}
    for name, digest in expected.items():
        text = (PICTURES / name).read_text(encoding="utf-8")
        assert f"drawn from sha256 {digest}" in text, "run python -m bench, or bench._draw.draw_all"
        assert ET.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"


def test_a_page_of_samples(tmp_path: Path) -> None:
    """It has ratios to a named contestant with aims, and mentions small sizes and omissions."""
    write(BARS, tmp_path)
    write(CURVES, tmp_path)
    text = page(tmp_path)

    assert "Two contestants.\nBoth made up.\n" in text
    assert "| cmprules | wall clock | 3 | 3&nbsp;s | 2&nbsp;to&nbsp;4 | 3 |" in text
    assert "| cmprules | 1,000 holders | wall clock | 3 | 30&nbsp;s | 30&nbsp;to&nbsp;30 | 1 |" in text
    assert "| cmprules | a peer | wall clock | 3 | at most 2: **missed** by a factor of 1.5 |" in text
    assert "| cmprules | a peer | wall clock | 3 | at least 2: met |" in text
    assert text.count("**Measured at small sizes") == 1
    assert "* another peer: not installed." in text
    assert "Measured on 2026-01-31 by `python -m bench --only growth`: CPython 3.11 on Linux, 2 processors" in text


def test_what_was_aimed_at_is_compared_with_the_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An aim whose figure no kept result has is left out; without any, the section is."""
    write(BARS, tmp_path)
    assert "## Before and after" not in page(tmp_path)
    aims = tmp_path / "aims.toml"
    aim = f'[[aim]]\nwhat = "reading"\nbefore = "7"\naim = "at most 2"\nresult = "{BARS.name}"\n'
    aims.write_text("about = 'Two of them.'\ntried = ['Nothing.']\n"
                    + aim + 'figure = "cmprules / a peer / wall clock"\n' + aim + 'figure = "of something else"\n',
                    encoding="utf-8")
    monkeypatch.setattr("bench._page.AIMS", aims)
    assert "| reading | 7 | 3 | at&nbsp;most&nbsp;2 |\n\n* Nothing." in page(tmp_path)


def test_every_aim_has_a_figure() -> None:
    """A figure that was renamed would drop out of the page without a word."""
    for aim in tomllib.loads(AIMS.read_text(encoding="utf-8"))["aim"]:
        assert {*aim} == {"what", "before", "aim", "result", "figure"}
        assert f"| {aim['what']} | " in page()


@pytest.mark.skipif(find_spec("matplotlib") is None, reason="needs Matplotlib, which comes with the extra `bench`")
def test_drawing(tmp_path: Path) -> None:
    """Bars and curves in both themes are valid SVG that names every contestant."""
    from bench._draw import _mark, draw_all  # noqa: PLC0415 - it needs optional packages

    results, pictures = tmp_path / "results", tmp_path / "pictures"
    for result in (BARS, CURVES):
        write(result, results)
    drawn = draw_all(results, pictures)

    assert [path.name for path in drawn] == ["growth.light.svg", "growth.dark.svg", "population.light.svg",
                                             "population.dark.svg"]
    for path in drawn:
        shown = [*ET.fromstring(path.read_text(encoding="utf-8")).itertext()]
        assert {"cmprules", "a peer"} <= {text.strip() for text in shown}
    assert _mark("a", "b", "at most", 2, {"a": 3, "b": 4}) == ("a", 8)
    assert _mark("a", "b", "at least", 2, {"a": 3, "b": 4}) == ("b", 1.5)
    again = draw_all(results, tmp_path / "again")
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in drawn]
