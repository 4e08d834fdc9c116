"""The outcome of one credential, and of all of them."""

from __future__ import annotations

from cmprules.batch._compiling import inlined, jit
from cmprules.batch._kernel.borrowing import borrowed, borrowed_job, borrowed_people
from cmprules.batch._kernel.grading import any_widened, grade_of_identity, grade_of_odd_days, is_widened, weakest_grade
from cmprules.batch._kernel.grouping import chosen_if, fit, hold_together
from cmprules.batch._kernel.items import mask_of, serve
from cmprules.batch._kernel.judging import judge
from cmprules.batch._kernel.keeping import level_of
from cmprules.batch._kernel.proving import proof_if, proof_of, short_of
from cmprules.batch._kernel.records import (
    ACCEPTED,
    ALL,
    ASK,
    FULL,
    MET,
    NEEDS_REVIEW,
    NONE,
    NOT_KNOWN,
    NOT_MET,
    OPEN,
    UNKNOWN,
    Array,
    Job,
    Own,
    People,
    Records,
    Row,
)
from cmprules.batch._kernel.reviewing import review, tables_of


@jit
def decide_all(credentials: Records, people: People, job: Job, found: Records, needs: Array) -> int:
    """Decide every credential that has a table; return the number of open questions.

    `needs` gets a row for each question: the credential, the reason, the activity.
    """
    people, job = borrowed_people(people), borrowed_job(job)
    credentials, found, needs = borrowed(credentials), borrowed(found), borrowed(needs)
    asked = 0
    for c in range(len(credentials)):
        credential, answer = credentials[c], found[c]
        if credential.table < 0:
            continue
        own = _own(credential.holder, people)
        opened = _decide_one(credential, answer, own, job)
        if answer.outcome == NEEDS_REVIEW:
            count = review(credential, answer, opened, own, needs[asked:], job)
            if count == NOT_KNOWN:
                answer.outcome = ASK
            for question in range(asked, asked + max(count, 0)):
                needs[question, 0] = c
                needs[question, 2] += own.first
            asked += max(count, 0)
    return asked


@inlined
def _own(holder: int, people: People) -> Own:
    """Take the activities of one holder."""
    first, last = people.bounds[holder], people.bounds[holder + 1]
    members = people.members[people.member_bounds[holder]:people.member_bounds[holder + 1]]
    return Own(people.activities[first:last], first, members, people.loud[holder])


@inlined
def _decide_one(credential: Row, answer: Row, own: Own, job: Job) -> int:
    """Decide one credential; return the number of open activities.

    The table to show is the one with the larger shortfall, then with the larger shortfall of the mandatory areas, then
    the later one.
    """
    n_accepted, n_opened = judge(credential, own.activities, job)
    if own.loud:
        n_accepted, n_opened = hold_together(own, job)
    weakest = _weakest_of_readings(credential, own, job)
    lowest, unknown, sharing = FULL, weakest == NOT_KNOWN, weakest < job.identity.weakest and any_widened(own, job)
    if_apart = answer.short_if_confirmed
    first, second, count = tables_of(credential)
    for k in range(count):
        number = first if k == 0 else second
        table, items = job.tables[number], job.items[k]
        serve(table, own, job.lists[ACCEPTED, :n_accepted], k, job)
        serve(table, own, job.lists[OPEN, :n_opened], k, job)
        chosen, proof = proof_if(table, k, n_accepted, n_opened, NONE, own, job)
        short = favourable = apart = short_of(table, proof)
        level = level_of(table, items, chosen, proof, job)
        unknown, lowest = unknown or level == UNKNOWN, min(lowest, level)
        if short > answer.short or (short == answer.short and proof.short >= answer.mandatory_short):
            answer.table, answer.short, answer.usable = number, short, proof.usable
            answer.mandatory_short, answer.proof = proof.short, proof.areas
            answer.grade = weakest_grade(table, items, chosen, proof, weakest, job)
        if n_opened:
            favourable = _short_if_confirmed(table, k, n_accepted, n_opened, own, job)
        if sharing:
            apart = _short_if_apart(table, k, n_accepted, n_opened, own, job)
        answer.short_if_confirmed = favourable if k == 0 else min(favourable, answer.short_if_confirmed)
        if_apart = apart if k == 0 else min(apart, if_apart)
    unknown |= answer.grade == NOT_KNOWN
    if sharing and if_apart != answer.short_if_confirmed:
        answer.grade = max(answer.grade, job.identity.weakest)
    answer.outcome = ASK if unknown else _outcome(lowest, answer.short_if_confirmed)
    answer.accepted = n_accepted
    return n_opened


@inlined
def _weakest_of_readings(credential: Row, own: Own, job: Job) -> int:
    """Find the weakest grade of the tables and the readings used; -1 if it is not known here."""
    odd = grade_of_odd_days(credential, own, credential.grade, job)
    weakest = grade_of_identity(own, credential.grade if odd == NOT_KNOWN else odd, job)
    return NOT_KNOWN if odd == NOT_KNOWN and weakest < credential.odd_grade else weakest


@inlined
def _short_if_confirmed(table: Row, k: int, accepted: int, opened: int, own: Own, job: Job) -> int:
    """Find the shortfall if every open activity is confirmed."""
    return int(short_of(table, proof_if(table, k, accepted, opened, ALL, own, job)[1]))


@jit
def _short_if_apart(table: Row, k: int, accepted: int, opened: int, own: Own, job: Job) -> int:
    """Find the shortfall if every open activity is confirmed, and serves only the areas of its own entry."""
    chosen = chosen_if(accepted, opened, ALL, own, job)
    fit(table, k, own, job)
    _swap_areas(table, k, own, job)
    short = short_of(table, proof_of(table, job.items[k], chosen, job.desks[0]))
    _swap_areas(table, k, own, job)
    return int(short)


@jit
def _swap_areas(table: Row, k: int, own: Own, job: Job) -> None:
    """Let members that share areas serve those of their own entry alone; done again, all areas again."""
    for number in range(len(own.members)):
        if is_widened(number, own, job):
            member = own.members[number]
            activity = own.activities[member.place]
            member.areas, activity.areas = activity.areas, member.areas
            job.items[k][member.place].mask = mask_of(table, activity.areas, job.kinds[activity.kind])


@jit
def _outcome(lowest: int, short_if_confirmed: int) -> int:
    """Decide from the lowest level of the tables, and the shortfall in the reading in favor of the holder."""
    if lowest == FULL:
        return MET
    return NOT_MET if short_if_confirmed else NEEDS_REVIEW
