"""The digest of a record."""

from __future__ import annotations

from cmprules._facts.records import Record
from cmprules._kit.canonical import digest
from cmprules._kit.shapes import write_part
from cmprules._words import vocabulary


def record_digest(record: Record) -> str:
    """Compute the digest of a record, without defaults and the holder's name, with numbers as normalized strings.

    Two records with the same content have the same digest, however they were written.
    """
    plain = write_part(record, bare=True)
    plain["holder"].pop("name", None)
    for activity in plain["activities"]:
        if activity["unit"] == vocabulary.KINDS[activity["kind"]][0]:
            del activity["unit"]
    return digest({"schema": record.schema, **plain})
