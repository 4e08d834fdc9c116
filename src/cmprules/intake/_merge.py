"""From drafts to a record: ids, what is already there, and what comes in.

An id is made from what the file says (`_activities`), so the same row gets the same id whatever options it is read
with.  What is certainly there is not added again: a row whose own number the record has, a file with the same digest
in one run, and a file whose rows are all in the record.  Everything that is only similar comes in, and `decide` asks
about it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, takewhile
from typing import Any

import attrs

from cmprules._facts.records import Activity, Credential, Record
from cmprules._words import vocabulary
from cmprules.intake._draft import Draft
from cmprules.intake._folding import fold

_LENGTH = 12


def id_of(key: Sequence[str]) -> str:
    """Make an id from its text: `in-` and twelve digits of a SHA-256.

    >>> id_of(["row", "safeneedles", "2-5-2024", "1", "", ""])
    'in-56e36d890af5'
    """
    text = json.dumps(list(key), ensure_ascii=True, separators=(",", ":"))
    return f"in-{hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]}"


def _like(fields: dict[str, Any], activity: dict[str, Any]) -> bool:
    """Return whether a draft and an activity say the same; a missing day or provider matches any."""
    for key in ("completed_on", "provider"):
        if fields.get(key) is not None and activity.get(key) is not None and fields[key] != activity[key]:
            return False
    return (fields.get("session") == activity.get("session") and fold(fields["title"]) == fold(activity["title"])
            and fields["amount"] == activity["amount"]
            and fields["unit"] == activity["unit"])


@attrs.define
class Growing:
    """The activities and credentials of a record while files are added to it.

    `before` holds the ids from before this run.
    """

    activities: dict[str, dict[str, Any]] = attrs.Factory(dict)
    credentials: dict[str, dict[str, Any]] = attrs.Factory(dict)
    before: frozenset[str] = frozenset()
    added: int = 0
    added_credentials: int = 0
    already: int = 0

    @classmethod
    def of(cls, record: Record | None, credentials: Iterable[Credential]) -> Growing:
        """Start with a record and the named credentials."""
        growing = cls()
        for activity in () if record is None else record.activities:
            growing.activities[activity.id] = _plain_activity(activity)
        growing.before = frozenset(growing.activities)
        for credential in (*(() if record is None else record.credentials), *credentials):
            fields = _plain_credential(credential)
            if not growing.has_credential(fields):
                growing.credentials[_free(credential.id, growing.credentials)] = fields
        return growing

    def has_credential(self, fields: dict[str, Any]) -> str | None:
        """Find a credential with the same code, body and last day."""
        return next((name for name, other in self.credentials.items() if _held(other) == _held(fields)), None)

    def add_credential(self, draft: Draft) -> str:
        """Add a credential unless it is there, and ask about one with another last day; return its id."""
        name = self.has_credential(draft.fields)
        if name is not None:
            self.already += 1
            draft.stop("ALREADY_THERE", text=name)
            return name
        for other in self.credentials.values():
            if _held(other)[:2] == _held(draft.fields)[:2]:
                draft.ask("TWO_ENDS", "expires_on", text=draft.fields.get("expires_on") or "none",
                          other=other.get("expires_on") or "none")
                break
        name = _free(str(draft.own_id), self.credentials)
        self.credentials[name] = dict(draft.fields)
        self.added_credentials += 1
        return name

    def add_file(self, drafts: Sequence[Draft]) -> dict[int, str]:
        """Add the activities of one file; return the id of each draft that is then in the record, by position."""
        used: set[str] = set()
        known = {place: self._match(draft, used) for place, draft in enumerate(drafts) if draft.stopped is None}
        loose = [place for place in known if drafts[place].key[:1] == ("row",) and drafts[place].own_id is None]
        whole = all(known[place] in self.before for place in loose)
        return {place: self._come_in(drafts[place]) if name is None or (place in loose and not whole)
                else self._there(drafts[place], name) for place, name in known.items()}

    def _match(self, draft: Draft, used: set[str]) -> str | None:
        """Find the activity of the record under the id of a draft; each activity matches one row of a file."""
        names = takewhile(self.activities.__contains__, _names(draft.own_id or id_of(draft.key)))
        found = next((name for name in names if name not in used and _like(draft.fields, self.activities[name])), None)
        used.update({found} if found is not None else ())
        return found

    def _there(self, draft: Draft, name: str) -> str:
        """Leave an activity as it is, except for a missing day of completion."""
        self.already += 1
        there, day = self.activities[name], draft.fields.get("completed_on")
        if there.get("completed_on") is None and day is not None:
            there["completed_on"] = day
            draft.change("completed_on", "nothing", day, "DAY_ADDED")
        else:
            draft.stop("ALREADY_THERE", text=name)
        return name

    def _come_in(self, draft: Draft) -> str:
        name = _free(draft.own_id or id_of(draft.key), self.activities)
        self.activities[name] = dict(draft.fields)
        self.added += 1
        return name


def _held(fields: dict[str, Any]) -> tuple[Any, ...]:
    """Return the identity of a credential: today's code, its body, and its last day."""
    code = fields["code"]
    return (vocabulary.ALIASES.get(code, code), fields.get("body"), fields.get("expires_on"))


def _names(base: str) -> Iterator[str]:
    """Yield an id, then the ids for further activities like it."""
    return chain([base], (f"{base}-{number}" for number in count(2)))


def _free(base: str, taken: dict[str, Any]) -> str:
    return next(name for name in _names(base) if name not in taken)


def _plain_activity(activity: Activity) -> dict[str, Any]:
    return {field.name: getattr(activity, field.name) for field in attrs.fields(Activity)
            if field.init and field.name != "id"}


def _plain_credential(credential: Credential) -> dict[str, Any]:
    plain = {field.name: getattr(credential, field.name) for field in attrs.fields(Credential)
             if field.init and field.name not in {"id", "given_code"}}
    return {**plain, "code": credential.given_code or credential.code}

