"""The files that are shipped in the package, on a disk and in an archive."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import cast

import pytest

from cmprules._kit import shipped as _shipped
from cmprules._policy.load import tables_in


def test_a_package_in_an_archive_finds_its_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where there is no folder, the files come from wherever Python has the package."""
    monkeypatch.setattr(_shipped, "_HERE", tmp_path / "cmprules.zip" / "cmprules" / "_kit" / "shipped.py")
    example = (_shipped.shipped_folder("examples") / "pbt.toml").read_text(encoding="utf-8")
    assert example.startswith("# An invented record")


def test_the_tables_of_an_edition_can_be_read_in_an_archive(tmp_path: Path) -> None:
    """A folder of an archive gives the same files as one on a disk."""
    folder = _shipped.shipped_folder("2026.1")
    with zipfile.ZipFile(tmp_path / "data.zip", "w") as archive:
        for name, table in tables_in(folder).items():
            archive.writestr(f"2026.1/{name}", table)
    with zipfile.ZipFile(tmp_path / "data.zip") as archive:
        assert tables_in(cast("Path", zipfile.Path(archive, "2026.1/"))) == tables_in(folder)
