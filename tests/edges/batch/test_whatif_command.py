"""The command `what-if`, its files, and the words of its report."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

import cmprules
from cmprules._cli import main
from cmprules.batch import WhatIf, what_if
from cmprules.batch._writing import keep
from tests.core.units.test_reforms import fee_row, fees, reformed
from tests.edges.batch.reforms import laid
from tests.edges.batch.test_whatif import ETHICS, ON, SAFETY, TOTAL, compared, holder, pbt, sample
from tests.strategies import edition

pytestmark = pytest.mark.slow

FILES = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "files"
GIVEN = [str(FILES / "credentials.csv"), str(FILES / "activities.csv")]
CAP = ["--and-reform", str(FILES / "cap-reform.toml")]


def _asked(out: Path, *more: str) -> list[str]:
    return ["what-if", *GIVEN, "-o", str(out), "--on", "2026-03-10", "--edition", "2026.1", *more]


def _wanted() -> WhatIf:
    after = cmprules.load_book(edition="2026.1", reform=[FILES / "cap-reform.toml"])
    return what_if(GIVEN[0], GIVEN[1], edition(), after, on=ON)


# ---------------------------------------------------------------------------------------------------------
# The command.


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_the_command_writes_the_changes_and_prints_the_report(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both files equal those of `what_if`, with metadata, and nothing else is left."""
    out = tmp_path / "changes.parquet"

    assert main(_asked(out, *CAP, "--format", form)) == 0

    assert capsys.readouterr().out == cmprules.render(_wanted(), form)
    kept, wanted = pq.read_table(out), _wanted().changes
    assert (kept.to_pylist(), kept.schema.metadata) == (wanted.to_pylist(), wanted.schema.metadata)
    assert pq.read_table(tmp_path / "changes.parquet.faults.parquet").equals(_wanted().faults)
    assert len([*tmp_path.iterdir()]) == 2


def test_the_second_book_may_be_an_edition_or_have_rows_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Options omitted for it are those of the first."""
    out = tmp_path / "changes.parquet"
    for more, files in ((["--and-edition", "2026.1"], 0), (["--and-extra", str(FILES / "mla.toml")], 1),
                        (["--reform", str(FILES / "cap-reform.toml"), "--and-edition", "2026.1"], 1)):
        assert main(_asked(out, *more, "--format", "json")) == 0
        assert len(json.loads(capsys.readouterr().out)["after"]["extra_sha256"]) == files


def test_there_has_to_be_a_second_book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A reform of both is not a comparison: it is wrong usage, and nothing is written."""
    with pytest.raises(SystemExit) as caught:
        main(_asked(tmp_path / "changes.parquet", "--reform", str(FILES / "cap-reform.toml")))

    assert caught.value.code == 2
    assert "give --and-edition, --and-extra or --and-reform" in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("option", ["-o", "--faults"])
def test_a_file_of_another_kind_cannot_be_written(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The ending of the name allows only Parquet, CSV and Excel."""
    with pytest.raises(SystemExit) as caught:
        main(["what-if", *GIVEN, "-o", "changes.csv", option, "changes.ods", *CAP])

    assert caught.value.code == 2
    assert "got 'changes.ods', expected a name that ends in .parquet, .csv or .xlsx" in capsys.readouterr().err


def test_what_cannot_be_read_and_what_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bad columns exit with 3, a missing folder with 4; nothing is printed, and nothing is left."""
    bad = tmp_path / "bad.csv"
    bad.write_text("holder,id\n1,2\n", encoding="utf-8")

    assert main(["what-if", str(bad), GIVEN[1], "-o", str(tmp_path / "changes.csv"), *CAP]) == 3
    said = capsys.readouterr()
    assert ("$.credentials.code: MISSING_KEY" in said.err, said.out) == (True, "")
    assert main(_asked(tmp_path / "nowhere" / "changes.csv", *CAP)) == 4
    said = capsys.readouterr()
    assert ("the changes cannot be written" in said.err, said.out) == (True, "")
    assert [path.name for path in tmp_path.iterdir()] == ["bad.csv"]


def test_a_csv_file_has_lists_as_text(tmp_path: Path) -> None:
    """Semicolons separate members; a requirement is its name, a question its code and subject."""
    out, faults = tmp_path / "changes.csv", tmp_path / "faults.csv"
    assert main(_asked(out, *CAP, "--faults", str(faults))) == 0

    row = pyarrow.csv.read_csv(out).to_pylist()[0]
    assert row["differs"] == "outcome;placed;short;short_if_confirmed;shortfall_areas;shortfall;grade"
    assert (row["how"], row["because"]) == ("alone", "cap college_course")
    assert row["shortfall_areas_after"] == "safety;ethics;phlebotomy;pool"
    assert pyarrow.csv.read_csv(faults)["code"].to_pylist() == ["NO_SUCH_DATE", "HOLDER_REFUSED", "NO_SUCH_HOLDER"]


def test_empty_lists_and_no_lists_in_a_csv_file(tmp_path: Path) -> None:
    """A missing list is an empty cell, an empty list a pair of quotation marks."""
    needs = pa.array([None, [], [{"code": "UNDATED", "subject": "a1"}, {"code": "UNDATED", "subject": "a2"}]],
                     pa.list_(pa.struct([("code", pa.string()), ("subject", pa.string())])))

    keep(pa.table({"id": ["1", "2", "3"], "needs": needs, "none": needs.slice(0, 0).take(pa.array([None] * 3,
                                                                                               pa.int64()))}),
         tmp_path / "out.csv")

    assert (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines() == [
        '"id","needs","none"', '"1",,', '"2","",', '"3","UNDATED a1;UNDATED a2",']


def test_a_file_that_cannot_get_its_name_leaves_nothing(tmp_path: Path) -> None:
    """If a folder already has the name, the folder stays, and the written file is removed."""
    (tmp_path / "out.parquet").mkdir()

    with pytest.raises(OSError, match=r"out\.parquet"):
        keep(pa.table({"id": ["1"]}), tmp_path / "out.parquet")

    assert [path.name for path in tmp_path.iterdir()] == ["out.parquet"]


# ---------------------------------------------------------------------------------------------------------
# The words.


def test_one_and_many() -> None:
    """Covers singular and plural, and what could not be decided or summed."""
    one = cmprules.render(compared([pbt()], edition(), laid({SAFETY: "2"}, "PBT")))
    assert "What changes for 1 credential\n" in one
    assert "1 of 1 outcome flips" in one
    assert "1 answer differs in some way." in one
    assert "with 1 file of your\n    own" in one

    unknown = compared([holder("MLA", expires_on=date(2026, 5, 31))], edition(),
                       cmprules.load_book(edition="2026.1", extra=[FILES / "mla.toml"]))
    assert "Not in the sums: 1 shortfall known to one side only." in cmprules.render(unknown)
    old = compared([holder(expires_on=date(2015, 12, 31)), holder(expires_on=date(2015, 12, 31))], edition(),
                   reformed(fees(fee_row("r", "2015-01-01", application="80"))), on=date(2015, 6, 1))
    assert "Not in the sums: 2 fees not known to one side or both." in cmprules.render(old)
    assert "Both sets of rules require the same." in cmprules.render(old)
    assert "1 credential could not be decided; the faults say why." in cmprules.render(_wanted())


@pytest.mark.parametrize(("changes", "words"), [
    ({TOTAL: "10"}, "Total in three years"), ({SAFETY: "2"}, "Minimum: laboratory or patient safety"),
    ({("cap", "covid_work"): "6"}, "At most: "), ({("kind", "presentation"): "true"}, "Value established: "),
    ({("limit", "covid_work/done_until"): "2023-12-31"}, ": done until"),
    ({("figure", "last_years_months"): "24"}, "Span that counts where there is no cycle"),
])
def test_every_requirement_has_words(changes: dict[tuple[str, str], str], words: str) -> None:
    """The report names each kind of requirement that a reform can change, whether or not an outcome flips."""
    assert words in " ".join(cmprules.render(compared([pbt()], edition(), laid(changes, "PBT"))).split())


@pytest.mark.parametrize(("before", "after", "difference"), [("100", "120", "+20.00"), ("120", "100", "-20.00")])
def test_the_difference_of_fees_has_its_sign(before: str, after: str, difference: str) -> None:
    """A higher fee is "more", a lower fee "less"."""
    books = [reformed(fees(fee_row("r", "2026-01-01", application=amount))) for amount in (before, after)]

    assert difference in cmprules.render(compared([pbt()], books[0], books[1]))


# ---------------------------------------------------------------------------------------------------------
# The pictures.


def _drawn(found: WhatIf) -> list[ET.Element]:
    html = cmprules.render(found, "html")
    return [ET.fromstring(f"<svg{piece.partition('</svg>')[0]}</svg>") for piece in html.split("<svg")[1:]]


def test_the_pictures_say_in_words_what_they_show() -> None:
    """Each has a title and a description for people who cannot see it, and no script."""
    flows, bars = _drawn(sample())

    for picture in (flows, bars):
        assert picture.get("role") == "img"
        assert [child.tag for child in picture][:2] == ["title", "desc"]
    assert "met before, not met after: 3; " in (flows.findtext("desc") or "")
    assert bars.findtext("desc") == ("Minimum: laboratory or patient safety: 1 alone, 2 with others; "
                                     "Minimum: medical ethics: 0 alone, 2 with others.")
    assert "<script" not in cmprules.render(sample(), "html")


def test_every_post_has_its_words() -> None:
    """Before shows who leaves, after who is new; the counts are those of the matrix."""
    words = [text.text for text in _drawn(compared([pbt(), pbt(safety="2"), pbt(safety="0")], edition(),
                                                   laid({SAFETY: "2"}, "PBT")))[0].iter("text")]

    assert words == ["Before", "After", "met: 2 (1 leave)", "not met: 1", "met: 1", "not met: 2 (1 new)"]


def test_bands_are_as_wide_as_there_are_credentials_and_never_too_thin() -> None:
    """Of 220 units three people of 300 have at least three, and posts on both sides are as high as their bands."""
    people = [pbt()] + [pbt(safety="5")] * 149 + [pbt(safety="0")] * 150
    flows = _drawn(compared(people, edition(), laid({SAFETY: "2"}, "PBT")))[0]
    heights = [int(rect.get("height") or 0) for rect in flows.iter("rect")]

    assert heights == [109 + 3, 110, 109, 110 + 3]


def test_bars_are_solid_for_what_a_requirement_does_alone() -> None:
    """Three flips alone and one with others, against two with others: lengths are relative to the longest."""
    people = [pbt(ethics="2")] * 3 + [pbt()]
    bars = _drawn(compared(people, edition(), laid({SAFETY: "2", ETHICS: "2"}, "PBT")))[1]
    rects = [(rect.get("class"), rect.get("x"), rect.get("width")) for rect in bars.iter("rect")]

    assert rects[:3] == [("c", "0.0%", "75.0%"), ("u", "75.0%", "25.0%"), ("u", "0.0%", "25.0%")]
    assert [text.text for text in bars.iter("text")] == [
        "Minimum: laboratory or patient safety", "4", "Minimum: medical ethics", "1", "alone",
        "with other requirements"]
