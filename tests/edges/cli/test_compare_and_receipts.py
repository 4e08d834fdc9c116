"""The commands `compare`, `receipt` and `verify`, and `--reform` on every command that takes tables."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import attrs
import pytest

import cmprules
from cmprules._cli import main

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "examples"
FILES = ROOT / "docs" / "how-to" / "files"
PBT = str(EXAMPLES / "pbt.toml")
SAFETY, CAP = str(FILES / "safety-reform.toml"), str(FILES / "cap-reform.toml")


class _Standard(io.TextIOWrapper):
    """A standard input with some bytes."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(io.BytesIO(raw), encoding="utf-8")


# ---------------------------------------------------------------------------------------------------------
# compare.


def test_two_policies_by_day(capsys: pytest.CaptureFixture[str]) -> None:
    """Options omitted for the second are those of the first."""
    assert main(["compare", "policy", "BB", "--expires", "2023-12-31", "--and", "2024-01-31", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "cmprules.policy-comparison/1"
    assert (found["before"]["expires_on"], found["after"]["expires_on"]) == ("2023-12-31", "2024-01-31")
    assert {one["of"]: one["difference"] for one in found["figures"] if one["difference"] != "0"} == {
        "blood_banking": "6", "pool": "-6"}


def test_two_policies_by_code_body_and_reform(capsys: pytest.CaptureFixture[str]) -> None:
    """Each of them may differ alone."""
    base = ["compare", "policy", "MLS", "--expires", "2027-05-31"]
    for more, said in ((["--and-code", "PBT"], "and PBT(ASCP)"), (["--and-body", "ASCPi"], "and MLS(ASCPi)"),
                       (["--and-reform", SAFETY], "raised from 1 to 3 points"), ([], "Both require the same")):
        assert main([*base, *more]) == 0
        assert said in " ".join(capsys.readouterr().out.split())
    assert main([*base, "--reform", SAFETY, "--and-reform", CAP]) == 0
    assert "lowered from 3 to 1 point" in capsys.readouterr().out
    assert main([*base, "--reform", SAFETY]) == 0
    assert "Both require the same" in capsys.readouterr().out


def test_two_decisions(capsys: pytest.CaptureFixture[str]) -> None:
    """Two days, two records, two trusts, two books; the cause is found by trying."""
    base = ["compare", "decision", PBT, "--on", "2026-03-10", "--edition", "2026.1", "--format", "json"]
    for more, causes in (
        (["--and-on", "2026-06-01"], ["day"]), (["--and-trust", "official"], ["trust"]),
        (["--and-extra", str(FILES / "kinds.toml")], ["rows"]), (["--and-edition", "2026.1"], []),
        (["--and-edition", "2026.2"], ["edition"]),
        ([str(EXAMPLES / "mla.json"), "--and-on", "2026-06-01"], ["record", "day"]),
    ):
        assert main([*base[:3], *(more if more[0].endswith(".json") else []), *base[3:],
                     *(more[1:] if more[0].endswith(".json") else more)]) == 0
        found = json.loads(capsys.readouterr().out)
        assert [cause["cause"] for cause in found["causes"]] == causes
        assert all(change["how"] != "untried" for change in found["changes"])


@pytest.mark.parametrize(("arguments", "status"), [
    (["policy", "MLSS", "--expires", "2026-05-31"], 2), (["policy", "MLS", "--expires", "2001-05-31"], 2),
    (["policy", "MLS", "--expires", "2026-05-31", "--and-edition", "1.1"], 2),
    (["policy", "MLS", "--expires", "2026-05-31", "--and-reform", "none.toml"], 3),
    (["decision", "none.json"], 3),
])
def test_what_cannot_be_compared(arguments: list[str], status: int, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit statuses are the usual ones, and standard output stays empty."""
    assert main(["compare", *arguments]) == status
    assert not capsys.readouterr().out


def test_compare_wants_to_know_what(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a policy or a decision it is wrong usage; the help has examples."""
    with pytest.raises(SystemExit) as stop:
        main(["compare"])
    assert stop.value.code == 2
    with pytest.raises(SystemExit):
        main(["compare", "--help"])
    assert "cmprules compare decision" in capsys.readouterr().out


# ---------------------------------------------------------------------------------------------------------
# receipt and verify.


def test_a_receipt_is_written_and_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file and standard output get the same bytes; `verify` reads either."""
    path = tmp_path / "receipt.json"
    arguments = ["receipt", PBT, "--on", "2026-03-10", "--edition", "2026.1", "--trust", "third_party"]
    assert main([*arguments, "-o", str(path)]) == 0
    line = capsys.readouterr().out
    assert main(arguments) == 0
    assert capsys.readouterr().out.encode() == path.read_bytes()
    kept = cmprules.read_receipt(path)
    assert line == f"{kept.sha256}  {path}\n"
    assert kept.decision.stamp.trust is cmprules.Grade.THIRD_PARTY
    assert main(["verify", str(path)]) == 0
    assert "Verified: the same decision" in capsys.readouterr().out


def test_a_receipt_with_rows_and_a_reform_needs_no_other_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It contains the rows."""
    assert main(["receipt", str(EXAMPLES / "mla.json"), "--on", "2026-03-10", "--edition", "2026.1",
                 "--extra", str(FILES / "mla.toml"), "--reform", CAP]) == 0
    raw = capsys.readouterr().out.encode()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", _Standard(raw))
    assert main(["verify", "-", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["same"], found["edition"]) == (True, "2026.1+hypothetical")


def test_a_damaged_receipt_exits_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard error says so, and standard output stays empty."""
    path = tmp_path / "receipt.json"
    assert main(["receipt", PBT, "--on", "2026-03-10", "-o", str(path)]) == 0
    capsys.readouterr()
    path.write_bytes(path.read_bytes().replace(b"2026-03-10", b"2026-03-11", 1))
    assert main(["verify", str(path)]) == 1
    out, err = capsys.readouterr()
    assert not out
    assert "RECEIPT_DAMAGED" in err


def test_a_decision_that_differs_exits_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The receipt is consistent, but this library decides otherwise."""
    record = cmprules.read_record(PBT)
    decision = cmprules.decide(record, cmprules.load_book(edition="2026.1"), on="2026-03-10")
    credential = attrs.evolve(decision["pbt"], outcome=cmprules.Outcome.NOT_MET)
    wrong = attrs.evolve(decision, credentials=(credential,))
    path = tmp_path / "receipt.json"
    path.write_bytes(cmprules.receipt(wrong, record=record).text.encode())
    assert main(["verify", str(path)]) == 1
    assert "First difference: $.credentials[pbt].outcome" in capsys.readouterr().out


@pytest.mark.parametrize(("raw", "status"), [(None, 3), (b"", 3), (b"schema = 1", 3), (b"{}\n", 1)])
def test_what_is_no_receipt(raw: bytes | None, status: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Cases: a missing or empty file, another format, and JSON without a digest."""
    path = tmp_path / "receipt.json"
    if raw is not None:
        path.write_bytes(raw)
    assert main(["verify", str(path)]) == status
    assert not capsys.readouterr().out


def test_an_edition_that_this_release_does_not_carry(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is wrong usage: another release is needed."""
    record = cmprules.read_record(PBT)
    decision = cmprules.decide(record, cmprules.load_book(edition="2026.1"), on="2026-03-10")
    other = attrs.evolve(decision, stamp=attrs.evolve(decision.stamp, edition="2031.4"))
    path = tmp_path / "receipt.json"
    path.write_bytes(cmprules.receipt(other, record=record).text.encode())
    assert main(["verify", str(path)]) == 2
    assert "no edition '2031.4'" in capsys.readouterr().err


def test_a_receipt_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The status is 4, as for any answer."""
    assert main(["receipt", PBT, "--on", "2026-03-10", "-o", str(tmp_path / "no" / "receipt.json")]) == 4
    out, err = capsys.readouterr()
    assert not out
    assert err.endswith(f"the answer cannot be written: there is no folder {tmp_path / 'no'}; make it first\n")
    (tmp_path / "folder.json").mkdir()
    assert main(["receipt", PBT, "--on", "2026-03-10", "-o", str(tmp_path / "folder.json")]) == 4
    err = capsys.readouterr().err
    assert (str(tmp_path / "folder.json") in err, ".unfinished" in err) == (True, False)


# ---------------------------------------------------------------------------------------------------------
# --reform.


@pytest.mark.parametrize("arguments", [
    ["decide", PBT, "--on", "2026-03-10"], ["policy", "MLS", "--expires", "2027-05-31"],
    ["policy", "PBT", "--expires", "2027-05-31"],
])
@pytest.mark.parametrize("name", ["text", "markdown", "html", "json"])
def test_a_reform_marks_what_is_printed(arguments: list[str], name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The mark is in every format, and only with a reform."""
    assert main([*arguments, "--reform", SAFETY, "--reform", CAP, "--format", name]) == 0
    assert "HYPOTHETICAL" in capsys.readouterr().out
    assert main([*arguments, "--format", name]) == 0
    assert "HYPOTHETICAL" not in capsys.readouterr().out
