"""Programs that act as other implementations, good and bad; `python -m tests.edges.conformance.ports NAME`."""
# ruff: noqa: T201  (a program prints)

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator

from cmprules.conformance import answer_lines


def wrong_number() -> Iterator[str]:
    """Computes one window wrongly."""
    for line in answer_lines(sys.stdin):
        yield line.replace('"opens_on": "2026-03-02"', '"opens_on": "2026-03-01"')


def wrong_code() -> Iterator[str]:
    """Replaces the code of one fault."""
    for line in answer_lines(sys.stdin):
        yield line.replace('"TOO_FINE"', '"TOO_LONG"')


def talkative() -> Iterator[str]:
    """Adds its own keys, leaves out wording, and reorders sources, findings and faults."""
    for line in answer_lines(sys.stdin):
        reply = json.loads(line) | {"took": "3 ms"}
        if reply.get("answer", {}).get("schema") == "cmprules.decision/1":
            answer = reply["answer"] | {"notice": "", "mood": "good"}
            answer["sources"] = sorted(answer["sources"])[::-1]
            for credential in answer["credentials"]:
                credential["findings"] = credential["findings"][::-1]
                credential["needs"] = [{key: need[key] for key in need if key != "question"}
                                       for need in credential["needs"]]
            reply["answer"] = answer
        if "refused" in reply:
            reply["refused"] = reply["refused"][::-1]
        yield json.dumps(reply)


def backwards() -> Iterator[str]:
    """Reads everything first, and answers in reverse order."""
    yield from list(answer_lines(sys.stdin))[::-1]


def blank_lines() -> Iterator[str]:
    """Writes an empty line before every reply."""
    for line in answer_lines(sys.stdin):
        yield f"\n{line}"


def stops() -> Iterator[str]:
    """Ends after three replies, with its own exit status."""
    for _, line in zip(range(3), answer_lines(sys.stdin), strict=False):
        yield line
    sys.stdout.flush()
    sys.exit(7)


def garbage() -> Iterator[str]:
    """Writes unreadable text."""
    for _ in sys.stdin:
        yield "Traceback (most recent call last):"


def odd() -> Iterator[str]:
    """Answers twice, answers unasked questions, and answers without an id, with a list, and with nothing."""
    first, *rest = answer_lines(sys.stdin)
    yield from (first, first, '{"id": "x/y", "answer": {}}', '{"id": [1], "answer": {}}', "[]", *rest)


def empty_answers() -> Iterator[str]:
    """Writes replies without an answer, and with values of every wrong shape."""
    shapes: list[dict[str, object]] = [
        {}, {"answer": None}, {"answer": []}, {"answer": {"credentials": 7, "sources": None}}, {"refused": None},
        {"answer": {"credentials": [{"findings": {"code": 1}}]}}, {"refused": [float("nan")]},
    ]
    for index, line in enumerate(sys.stdin):
        yield json.dumps({"id": json.loads(line)["id"], **shapes[index % len(shapes)]})


def silent() -> Iterator[str]:
    """Reads nothing, writes nothing, and does not end."""
    time.sleep(60)
    yield ""


def deaf() -> Iterator[str]:
    """Closes its input, writes nothing, and ends."""
    sys.stdin.close()
    yield from ()


def lingering() -> Iterator[str]:
    """Answers everything, and does not end."""
    for line in answer_lines(sys.stdin):
        print(line, flush=True)
    time.sleep(60)
    yield ""


PORTS: dict[str, Callable[[], Iterator[str]]] = {
    port.__name__: port for port in (wrong_number, wrong_code, talkative, backwards, blank_lines, stops, garbage, odd,
                                     empty_answers, silent, deaf, lingering)
}

if __name__ == "__main__":
    for said in PORTS[sys.argv[1]]():
        print(said)  # not flushed: a program need not do so
