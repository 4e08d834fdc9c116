"""The service from the how-to, asked over HTTP: its real server on the loopback, at a free port."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import cmprules

pytest.importorskip("fastapi")
pytest.importorskip("uvicorn")

ROOT = Path(__file__).resolve().parents[3]
RECORD: Any = json.loads((ROOT / "examples" / "mls-nearly-there.json").read_text(encoding="utf-8"))
ON = "2026-03-10"


class Reply(NamedTuple):
    """A reply of the service."""

    status: int
    text: str

    @property
    def plain(self) -> Any:
        """Return the text as data."""
        return json.loads(self.text)


class Service(NamedTuple):
    """A running service."""

    port: int

    def post(self, path: str, body: object) -> Reply:
        """Send plain data, or text unchanged."""
        text = body if isinstance(body, str) else json.dumps(body)
        return self.ask("POST", path, text.encode())

    def ask(self, method: str, path: str, body: bytes | None = None) -> Reply:
        """Send one request."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            return Reply(answer.status, answer.read().decode())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """Start the server as the page says, at a free port, which it prints once it listens."""
    command = [sys.executable, "-m", "uvicorn", "--app-dir", "examples/service", "app:app", "--port", "0",
               "--no-use-colors", "--no-access-log"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        said: list[str] = []
        for line in server.stderr:
            said.append(line)
            if found := re.search(r"running on http://127\.0\.0\.1:(\d+)", line):
                yield Service(int(found[1]))
                server.terminate()
                break
        else:
            pytest.fail(f"the service did not start: {''.join(said)}")
        server.stderr.read()


def test_the_page_shows_the_service_as_it_is() -> None:
    """The block on the page, which is run and checked with the other examples, equals the file."""
    page = (ROOT / "docs" / "how-to" / "serve-answers.md").read_text(encoding="utf-8")
    assert f"```python\n{(ROOT / 'examples' / 'service' / 'app.py').read_text(encoding='utf-8')}```\n" in page


def test_a_decision_is_the_one_of_the_package(service: Service) -> None:
    """It is equal byte for byte, and again for the same record."""
    record = cmprules.parse_record(RECORD)
    decision = cmprules.decide(record, cmprules.load_book("2026.2"), on=ON)
    replies = [service.post(f"/decisions?on={ON}", RECORD) for _ in range(2)]
    assert replies == [Reply(200, cmprules.render(decision, "json"))] * 2
    assert cmprules.parse_decision(replies[0].plain) == decision
    assert service.post(f"/pages?on={ON}", RECORD) == Reply(200, cmprules.render(decision, "html", record=record))


def test_a_receipt_is_small_and_is_replayed(service: Service) -> None:
    """It has no explanation; the service finds the edition itself, and detects a changed receipt."""
    kept = service.post(f"/receipts?on={ON}", RECORD)
    whole = cmprules.receipt(cmprules.decide(cmprules.parse_record(RECORD), cmprules.load_book("2026.2"), on=ON),
                             record=cmprules.parse_record(RECORD))
    assert "explanation" not in kept.plain
    assert len(kept.text) < len(whole.text) / 2
    found = service.post("/replays", kept.text)
    assert (found.status, found.plain["same"], found.plain["differences"]) == (200, True, [])
    changed = service.post("/replays", kept.text.replace('"NOT_MET"', '"MET"', 1))
    assert (changed.status, changed.plain["faults"][0]["code"]) == (422, "RECEIPT_DAMAGED")


@pytest.mark.parametrize(("path", "body", "faults"), [
    (f"/decisions?on={ON}", {**RECORD, "holder": {}, "extra": float("nan")},
     [("$.extra", "UNKNOWN_KEY"), ("$.holder.id", "MISSING_KEY")]),
    (f"/decisions?on={ON}", [], [("$", "WRONG_TYPE")]),
    ("/decisions?on=soon", RECORD, [("$.on", "NOT_A_DATE")]),
    ("/decisions", RECORD, [("$.on", "MISSING")]),
    (f"/decisions?on={ON}", '{"schema": ', [("$", "JSON_INVALID")]),
    ("/replays", {}, [("$.schema", "MISSING_KEY")]),
])
def test_what_cannot_be_read_is_answered_with_every_fault(
    service: Service, path: str, body: object, faults: list[tuple[str, str]]
) -> None:
    """The status is 422, and each fault has its path and code."""
    reply = service.post(path, body)
    assert reply.status == 422
    found = [(fault["path"], fault["code"]) for fault in reply.plain["faults"]]
    assert set(faults) <= set(found)
    assert all(fault["expected"] and fault["hint"] for fault in reply.plain["faults"])


@pytest.mark.parametrize(("path", "status"), [
    ("MLS?expires_on=2026-05-31", 200), ("MLSS?expires_on=2026-05-31", 404), ("MLS?expires_on=2006-12-31", 404),
    ("MLS?expires_on=2026-02-30", 422),
])
def test_what_the_tables_do_not_have_is_not_found(service: Service, path: str, status: int) -> None:
    """Cases: an unknown code and a day before the first table; an invalid day is unreadable."""
    reply = service.ask("GET", f"/policies/{path}")
    assert reply.status == status
    assert status != 200 or reply.plain == cmprules.to_mapping(
        cmprules.load_book("2026.2").policy_for("MLS", expires_on="2026-05-31"))


def test_requests_at_the_same_time_are_answered_alike(service: Service) -> None:
    """The server's threads share one book."""
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda _: service.post(f"/decisions?on={ON}", RECORD), range(8)))
    assert len(set(replies)) == 1
    assert replies[0].status == 200


def test_the_service_describes_our_formats(service: Service) -> None:
    """OpenAPI has them as in the package, and every reference resolves."""
    described = service.ask("GET", "/openapi.json").plain
    schemas = described["components"]["schemas"]
    assert schemas["record"]["required"] == cmprules.json_schema("record")["required"]
    assert described["paths"]["/decisions"]["post"]["requestBody"]["content"]["application/json"]["schema"][
        "$ref"] == "#/components/schemas/record"
    named = re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(described))
    assert len(set(named)) > 20
    assert set(named) <= set(schemas)
