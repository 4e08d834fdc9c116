"""The golden reports of a tracking and its changes, and the command that prints them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import cmprules
from cmprules._cli import main
from tests.answers.tracking.records import PLACED, course, pbt
from tests.strategies import edition

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).resolve().parent
MET = str(ROOT / "examples" / "mls-met.json")
ON = date(2026, 3, 10)


@pytest.mark.parametrize(("on", "words"), [
    ("2026-05-30", "Last day:    May 31, 2026 (1 day left)"),
    ("2026-05-31", "Last day:    May 31, 2026 (today)"),
    ("2026-06-01", "Last day: May 31, 2026 (ended 1 day ago)"),
])
def test_the_days_in_words(on: str, words: str) -> None:
    """One day is singular."""
    report = cmprules.render(cmprules.track(pbt(), edition(), on=date.fromisoformat(on)))

    assert f"\n  {words}\n" in report


def test_a_record_without_activities_has_no_table_of_credits() -> None:
    """An empty table helps no one."""
    assert "Your credits" not in cmprules.render(cmprules.track(pbt([], ()), edition(), on=ON))


def test_points_that_cannot_stay_are_to_be_moved() -> None:
    """An activity of the last cycle brings no points: the step names it, since no area has too much."""
    old = course("old", "1", "", completed_on="2023-04-30")
    own = [*PLACED[:3], {**PLACED[3], "points": "4"},
           {"credential": "pbt", "activity": "old", "area": "pool", "points": "1"}]
    report = " ".join(cmprules.render(cmprules.track(pbt(placements=own, more=[old]), edition(), on=ON)).split())

    assert 'Move the points of "Course old": they cannot stay where you put them.' in report


def test_points_that_serve_another_area_better_are_to_be_changed() -> None:
    """Safety has a point too many and phlebotomy lacks one: the step names the areas."""
    safe = course("both", "1", "safety", areas=["safety", "phlebotomy"])
    own = [*PLACED[:2], {**PLACED[2], "points": "1"}, PLACED[3],
           {"credential": "pbt", "activity": "both", "area": "safety", "points": "1"}]
    courses = [("s", "1", "safety"), ("e", "1", "ethics"), ("p", "1", "phlebotomy"), ("x", "5", "")]
    report = " ".join(cmprules.render(
        cmprules.track(pbt(courses, own, more=[safe]), edition(), on=ON)).split())

    assert "Change your placement in safety: another one brings more points." in report


def test_a_table_that_is_not_established_shows_no_bars_but_what_is_open() -> None:
    """The needs of MLA are unknown: there are no areas, and the question is the first step."""
    record = cmprules.read_record(ROOT / "examples" / "mla.json")
    tracking = cmprules.track(record, edition(), on=ON)
    report = cmprules.render(tracking)

    assert tracking.credentials[0].areas is None
    assert tracking.credentials[0].next_step.code == "SETTLE_QUESTION"
    assert "Open questions" in report
    assert "your own placement" not in report.lower()


def test_each_of_several_credentials_has_a_heading_of_its_own() -> None:
    """A single credential has no heading."""
    both = cmprules.read_record(ROOT / "examples" / "mls-and-sbb.json")
    report = cmprules.render(cmprules.track(both, edition(), on=ON), "markdown")
    alone = cmprules.render(cmprules.track(pbt(), edition(), on=ON), "markdown")

    assert "\n## MLS(ASCP) Medical Laboratory Scientist\n" in report
    assert "\n## SBB(ASCP) Specialist in Blood Banking\n" in report
    assert "\n## PBT(ASCP)" not in alone


def test_the_report_of_no_changes() -> None:
    """The report says that nothing changed."""
    tracking = cmprules.track(pbt(), edition(), on=ON)
    report = cmprules.render(cmprules.changes(tracking, tracking))

    assert "Only the date is different." in report
    assert report.splitlines()[-1].startswith("Independent of ASCP")


def test_a_notebook_shows_them() -> None:
    """It shows HTML and Markdown, with text from people escaped."""
    record = pbt(more=[course("z", "1", "", title="<b>Bold</b> | moves")])
    tracking = cmprules.track(record, edition(), on=ON)

    assert "&lt;b&gt;Bold&lt;/b&gt;" in tracking._repr_html_()
    assert "\\<b\\>Bold\\</b\\> \\| moves" in tracking._repr_markdown_()


# ---------------------------------------------------------------------------------------------------------
# The command.


def test_track_prints_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    """It goes to standard output, and the exit status is 0."""
    assert main(["track", MET, "--on", "2026-03-10", "--edition", "2026.1"]) == 0
    out, err = capsys.readouterr()

    assert "Send the declaration, best by March 31, 2026, and by April 30, 2026 at the" in out
    assert not err


def test_since_shows_what_has_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A tracking saved as JSON is compared with today's."""
    earlier = tmp_path / "january.json"
    assert main(["track", MET, "--on", "2026-01-15", "--format", "json"]) == 0
    earlier.write_text(capsys.readouterr().out, encoding="utf-8")

    assert main(["track", MET, "--on", "2026-03-10", "--since", str(earlier), "--format", "json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert (plain["schema"], plain["days"]) == ("cmprules.changes/1", "54")
    assert plain["changes"][0]["code"] == "WINDOW_CHANGED"


@pytest.mark.parametrize(("text", "code"), [("{}", "MISSING_KEY"), ("{", "NOT_JSON"), (None, "CANNOT_READ")])
def test_a_tracking_that_cannot_be_read_exits_with_3(
    text: str | None, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    """The fault goes to standard error, and standard output stays empty."""
    earlier = tmp_path / "earlier.json"
    if text is not None:
        earlier.write_text(text, encoding="utf-8")

    assert main(["track", MET, "--on", "2026-03-10", "--since", str(earlier)]) == 3
    out, err = capsys.readouterr()
    assert not out
    assert code in err


def test_the_tracking_of_somebody_else_exits_with_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Trackings of two holders are not compared."""
    earlier = tmp_path / "earlier.json"
    plain = cmprules.to_mapping(cmprules.track(pbt(), edition(), on=ON))
    earlier.write_text(json.dumps(plain), encoding="utf-8")

    assert main(["track", MET, "--on", "2026-03-10", "--since", str(earlier)]) == 3
    assert "OTHER_HOLDER" in capsys.readouterr().err
