"""Rows that need a second look: the reader of records finds their faults, and their holders are left out.

A holder with an unreadable row is not decided: an answer from part of a record could be wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs
import numpy as np

from cmprules._facts.records import Activity, Credential, Holder, Placement, Settled, settled_faults
from cmprules._kit.shapes import nearest, read_part
from cmprules._words import vocabulary
from cmprules.batch._columns.activities import Activities
from cmprules.batch._columns.credentials import Credentials
from cmprules.batch._columns.raw import raw_rows
from cmprules.batch._holders import Grouped, Holders
from cmprules.batch._kernel.records import Array
from cmprules.batch._loops import mark_different, mark_repeated
from cmprules.errors import Fault, shorten

FAULT_COLUMNS = ("table", "row", "holder", "id", "path", "code", "value", "expected", "hint")
_OF_HOLDER = ("holder", "name", "fee_region")

Raw = Mapping[str, Any]


@attrs.define(kw_only=True, eq=False)
class Refusals:
    """The result of the second look.

    Attributes:
        refused: which holders are not decided.
        to_ask: which holders have their own placements or answers, which only the scalar path handles.
        faults: a row for each fault, in columns named `FAULT_COLUMNS`.
    """

    refused: Array
    to_ask: Array
    faults: list[dict[str, Any]]


def looked_at(
    holders: Holders, credentials: Credentials, activities: Activities, well_read: Array,
    suspects: frozenset[str] = frozenset(),
) -> Refusals:
    """Check every row that is not plain or not readable, and the rows of a holder against each other.

    `suspects` are names, without spaces, that also stand in rows that belong to no one.
    """
    look = _SecondLook(holders)
    look.at("credentials", np.flatnonzero(~credentials.is_plain), _credential_faults)
    look.at("activities", np.flatnonzero(~well_read & (holders.rows["activities"].holder >= 0)),
            _activity_faults)
    look.at_whole_holders(credentials, activities)
    if "placements" in holders.given:
        look.at("placements", np.flatnonzero(holders.rows["placements"].holder >= 0), _placement_faults)
        look.at_ends_of_placements()
    if "settled" in holders.given:
        look.at("settled", np.flatnonzero(holders.rows["settled"].holder >= 0), _answer_faults)
        look.at_what_is_settled()
    look.at_orphans()
    look.refuse_those_who_may_be_meant(suspects)
    look.at_others_of_the_refused()
    return look.found


def _credential_faults(raw: Raw) -> list[Fault]:
    """Read a credential, and what its row says about the holder."""
    faults: list[Fault] = []
    person = {"id" if key == "holder" else key: raw[key] for key in _OF_HOLDER if key in raw}
    read_part(Holder, person, "$", faults)
    faults = [attrs.evolve(fault, path="$.holder") if fault.path == "$.id" else fault for fault in faults]
    read_part(Credential, {key: value for key, value in raw.items() if key not in _OF_HOLDER}, "$", faults)
    return faults


def _activity_faults(raw: Raw) -> list[Fault]:
    """Read an activity."""
    faults: list[Fault] = []
    read_part(Activity, {key: value for key, value in raw.items() if key != "holder"}, "$", faults)
    return faults


def _placement_faults(raw: Raw) -> list[Fault]:
    """Read a placement."""
    faults: list[Fault] = []
    read_part(Placement, {key: value for key, value in raw.items() if key != "holder"}, "$", faults)
    return faults


def _answer_faults(raw: Raw) -> list[Fault]:
    """Read a holder's answer."""
    faults: list[Fault] = []
    read_part(Settled, {key: value for key, value in raw.items() if key != "holder"}, "$", faults)
    return faults


class _SecondLook:
    """Collect faults, and the holders who are refused for them."""

    def __init__(self, holders: Holders) -> None:
        self.holders = holders
        self.found = Refusals(refused=np.zeros(holders.count, dtype=np.bool_),
                              to_ask=np.zeros(holders.count, dtype=np.bool_), faults=[])

    def raw(self, table: str, rows: Sequence[int] | Array) -> list[dict[str, Any]]:
        """Return rows of a table in the form of a record."""
        return raw_rows(self.holders.given[table].table, rows)

    def at(self, table: str, rows: Array, faults_of: Callable[[Raw], Iterable[Fault]]) -> None:
        """Return rows for the reader of records."""
        for row, raw in zip(rows.tolist(), self.raw(table, rows), strict=True):
            faults = list(faults_of(raw))
            holder = self.holders.rows[table].holder[row]
            self.found.to_ask[holder] |= table in {"placements", "settled"}
            self.note(table, row, raw, faults)

    def note(self, table: str, row: int, raw: Raw, faults: Iterable[Fault]) -> None:
        """Note the faults of a row, and refuse its holder."""
        holder = self.holders.rows[table].holder[row]
        number = int(self.holders.given[table].numbers[row])
        for fault in faults:
            if holder >= 0:
                self.found.refused[holder] = True
            self.found.faults.append({
                "table": table, "row": number, "holder": raw.get("holder"), "id": raw.get("id"), "path": fault.path,
                "code": fault.code, "value": _text(fault.value), "expected": fault.expected, "hint": fault.hint,
            })

    def at_whole_holders(self, credentials: Credentials, activities: Activities) -> None:
        """Find repeated ids of a holder, and fee regions that contradict each other."""
        of_credentials, of_activities = self.holders.rows["credentials"], self.holders.rows["activities"]
        suspect = np.zeros(self.holders.count, dtype=np.bool_)
        with np.errstate(over="ignore"):
            for rows, ids in ((of_credentials, credentials.ids), (of_activities, activities.ids)):
                mark_repeated(rows.bounds, rows.order, ids.starts, ids.letters, suspect)
        mark_different(of_credentials.bounds, credentials.region[of_credentials.order], suspect)
        for holder in np.flatnonzero(suspect & ~self.found.refused).tolist():
            self._look_for_repeated_ids("credentials", of_credentials.rows_of(holder))
            self._look_for_repeated_ids("activities", of_activities.rows_of(holder))
            self._compare_regions(of_credentials.rows_of(holder))

    def _look_for_repeated_ids(self, table: str, rows: list[int]) -> None:
        seen: dict[str, int] = {}
        for row, raw in zip(rows, self.raw(table, rows), strict=True):
            first = seen.setdefault(raw["id"], row)
            if first != row:
                other = self.holders.given[table].named(first)
                self.note(table, row, raw, [Fault(path="$.id", code="REPEATED_ID", value=raw["id"],
                                                  expected="an id of its own", hint=f"{other} has it already")])

    def _compare_regions(self, rows: list[int]) -> None:
        regions = [(row, raw, raw.get("fee_region", vocabulary.FEE_REGIONS[0]))
                   for row, raw in zip(rows, self.raw("credentials", rows), strict=True)]
        first, _, wanted = regions[0]
        other = self.holders.given["credentials"].named(first)
        for row, raw, region in regions:
            if region != wanted:
                self.note("credentials", row, raw, [
                    Fault(path="$.fee_region", code="REGIONS_DIFFER", value=region,
                          expected=f"'{wanted}', as in {other}", hint="a holder has one fee region")])

    def at_ends_of_placements(self) -> None:
        """Find placements that do not name a credential and an activity of their holder."""
        rows = self.holders.rows
        placed = rows["placements"]
        for holder in sorted({*placed.holder[placed.order].tolist()}):
            if not self.found.refused[holder]:
                ids = {name: self._ids(plural, rows[plural], holder)
                       for name, plural in (("credential", "credentials"), ("activity", "activities"))}
                own = placed.rows_of(holder)
                for row, raw in zip(own, self.raw("placements", own), strict=True):
                    self.note("placements", row, raw, _dangling(raw, ids))

    def at_what_is_settled(self) -> None:
        """Find answers about something that the holder does not have, and questions answered both yes and no."""
        rows = self.holders.rows
        answers = rows["settled"]
        for holder in sorted({*answers.holder[answers.order].tolist()}):
            if not self.found.refused[holder]:
                own = answers.rows_of(holder)
                raws = self.raw("settled", own)
                given = [Settled(**{key: value for key, value in raw.items() if key != "holder"}) for raw in raws]
                for fault in settled_faults(given, "$", *(self._ids(name, rows[name], holder)
                                                          for name in ("credentials", "activities"))):
                    index, _, cell = fault.path.removeprefix("$[").partition("]")
                    self.note("settled", own[int(index)], raws[int(index)], [attrs.evolve(fault, path=f"${cell}")])

    def _ids(self, table: str, grouped: Grouped, holder: int) -> tuple[str, ...]:
        return tuple(raw["id"] for raw in self.raw(table, grouped.rows_of(holder)))

    def at_orphans(self) -> None:
        """Note rows whose holder has no credential."""
        for table in self.holders.given:
            rows = np.flatnonzero(self.holders.rows[table].holder < 0)
            for row, raw in zip(rows.tolist(), self.raw(table, rows), strict=True):
                self.note(table, row, raw, [
                    Fault(path="$.holder", code="NO_SUCH_HOLDER", value=raw.get("holder"),
                          expected="a holder who has a credential", hint="add the credential, or correct the holder")])

    def refuse_those_who_may_be_meant(self, suspects: frozenset[str]) -> None:
        """Refuse holders whose names differ from those of orphaned rows only by spaces: their records may lack rows."""
        meant = suspects.union(squeezed(fault["holder"]) for fault in self.found.faults
                               if fault["code"] == "NO_SUCH_HOLDER" and isinstance(fault["holder"], str))
        if meant:
            for number, name in enumerate(self.holders.names.to_pylist()):
                self.found.refused[number] |= squeezed(name) in meant

    def at_others_of_the_refused(self) -> None:
        """Note the other rows of refused holders, so that every row is accounted for."""
        noted = {(fault["table"], fault["row"]) for fault in self.found.faults}
        refused = np.append(self.found.refused, False)  # the last number belongs to no one
        for table, given in self.holders.given.items():
            rows = [row for row in np.flatnonzero(refused[self.holders.rows[table].holder]).tolist()
                    if (table, int(given.numbers[row])) not in noted]
            for row, raw in zip(rows, self.raw(table, rows), strict=True):
                self.note(table, row, raw, [
                    Fault(path="$", code="HOLDER_REFUSED", value=None,
                          expected="a holder all of whose rows can be read",
                          hint="correct the other rows of this holder")])


def squeezed(name: str) -> str:
    """Remove the spaces from a name."""
    return "".join(name.split())


def _dangling(raw: Raw, ids: Mapping[str, tuple[str, ...]]) -> Iterable[Fault]:
    for name, known in ids.items():
        if raw[name] not in known:
            yield Fault(path=f"$.{name}", code=f"NO_SUCH_{name.upper()}", value=raw[name],
                        expected="an id among the holder's rows", hint=nearest(raw[name], known))


def _text(value: object) -> str | None:
    return None if value is None else value if isinstance(value, str) else shorten(value)
