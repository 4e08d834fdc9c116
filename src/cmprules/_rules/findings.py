"""Coded findings, each with its rule and the sources of the rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import cast

from cmprules._facts.records import Credential, Placement, points_of
from cmprules._kit.calendar import is_last_of_month
from cmprules._kit.points import to_hundredths
from cmprules._kit.shapes import maker
from cmprules._policy.book import Citation, KindRule, Policy, PolicyBook, Setting
from cmprules._rules.counting import Cycle, end_of, standing_of
from cmprules._rules.outcome import Verdict
from cmprules._rules.ownplacing import placed_of
from cmprules._rules.results import Allocation, Declaration, FeeQuote, Finding
from cmprules._rules.settling import Answers
from cmprules._rules.verdicts import ACCEPTED, Counted, Judged
from cmprules._rules.verify import placement_problems
from cmprules._words import vocabulary
from cmprules._words.codes.questions import ABOUT_POLICY
from cmprules._words.enums import Grade, Standing
from cmprules._words.limits import MOST_POINTS

_RULE_OF = {
    "DUPLICATE": "rule/duplicates",
    "LOOKS_ALIKE": "rule/alike",
    "END_OF_MONTH": "rule/month_end",
    "UNDATED": "rule/undated",
    "OUTSIDE_CYCLE": "rule/current_cycle_only",
    "MONTH_OF_PREVIOUS_END": "rule/month_of_previous_end",
}

_FEE_OPEN = "rule/fee_of_inactive"
_PLACEMENT_RULES = {
    "NOT_ACCEPTED": "rule/current_cycle_only",
    "AREA_NOT_SERVED": "rule/no_area_to_area",
    "NEED_EXCEEDED": "rule/surplus_to_pool",
    "CAP_EXCEEDED": "college_course/share",
}


_LONGER_THAN_A_DAY = ("college_course", "exam_pass", "covid_work")
"""Kinds of activity that take more than a day, or whose points do not measure time."""

_POINT_FOR_POINT = frozenset(unit for unit, worth in vocabulary.UNITS.items() if worth == 1)
"""Units that are worth a point."""

_finding = maker(Finding)


def answer_rule(code: str) -> str:
    """Name the rule by which a holder's answer settles a question."""
    return f"settled/{code.lower()}"


def notes_on(credential: Credential, book: PolicyBook, on: date, fees: FeeQuote) -> Notes:
    """Start the findings on one credential."""
    return Notes(credential, book, on, fees)


class Notes:
    """Collects the findings on one credential, and the grades behind its outcome.

    The order in which its methods are called is the order of the findings, and so part of the answer.
    """

    def __init__(self, credential: Credential, book: PolicyBook, on: date, fees: FeeQuote) -> None:
        self.credential, self.book, self.on, self.fees = credential, book, on, fees
        self.found: list[Finding] = []
        self.grades: list[Grade] = []

    def add(
        self, code: str, rule: str, subject: str, citations: Iterable[Citation], others: tuple[str, ...] = ()
    ) -> None:
        """Note one finding."""
        cited = tuple(citations)
        self.found.append(_finding(code=code, rule=rule, subject=subject, others=others,
                                   citations=tuple(dict.fromkeys(cited)) if len(cited) > 1 else cited))

    def add_rule(self, code: str, rule: str, subject: str, others: tuple[str, ...] = ()) -> None:
        """Note one finding whose rule is a statement of the edition."""
        self.found.append(_finding(code=code, rule=rule, subject=subject, others=others,
                                   citations=(self.book.cite(rule),)))

    def close(self) -> tuple[Finding, ...]:
        """Add the findings that every answer has, and return all findings."""
        for line in self.fees.lines:
            if line.credential == self.credential.id:
                self.add("FEE_LINE", line.row, line.item,
                         [cell.figure.citation for cell in self.book.fee_row(line.row).cells if cell.of == line.item])
                self._user_row(line.row, line.grade)
        if standing_of(self.credential, self.on) is Standing.INACTIVE and self.book.setting(_FEE_OPEN) is not None:
            self.add_rule("FEE_OPEN", _FEE_OPEN, self.credential.id)
        if self.book.hypothetical:
            self.add("HYPOTHETICAL", f"edition/{self.book.edition}", self.credential.id, [])
        if self.on > self.book.last_checked:
            self.add("BEYOND_LAST_CHECK", f"edition/{self.book.edition}", self.on.isoformat(), [])
        return tuple(self.found)

    def not_required(self) -> tuple[Finding, ...]:
        """Note that the credential has no end date and its holder does not take part."""
        self.add_rule("NOT_REQUIRED", "participation/voluntary", self.credential.id)
        return self.close()

    def cycle(self, cycle: Cycle) -> Notes:
        """Note how the cycle was found."""
        how = "cycle_months" if self._has_end_ahead() else "last_years_months"
        figure = self.book.figure(how)
        self.add("CYCLE", how, self.credential.id, [figure.citation])
        self._user_row(how, figure.grade)
        if cycle.start_ignored:
            self.add("CYCLE_START_NOT_USED", "last_years_months", self.credential.id,
                     [self.book.figure("last_years_months").citation])
        expires = self.credential.expires_on
        if self.book.setting("rule/month_end") is not None and expires is not None and not is_last_of_month(expires):
            self.add_rule("NOT_MONTH_END", "rule/month_end", self.credential.id)
        return self

    def former_code(self, *, late: bool) -> Notes:
        """Note a former code on a credential that was certified when the code was no longer given."""
        given = self.book.former_code_until(str(self.credential.given_code), self.credential.body) if late else None
        if given is not None:
            self.add("FORMER_CODE_LATE", given.id, self.credential.id, [given.citation])
        return self

    def _has_end_ahead(self) -> bool:
        end = end_of(self.credential)
        return end is not None and self.on <= end

    def tables(self, policies: Sequence[Policy], standing: Standing) -> Notes:
        """Note every table that was evaluated."""
        for policy in policies:
            self.add("TABLE_APPLIED", policy.row.id, self.credential.id, policy.citations)
            self.grades.extend(cell.figure.grade for cell in policy.row.cells)
            self._user_row(policy.row.id, Grade.USER if policy.row.user else None)
        if len(policies) > 1:
            self.add_rule("TABLE_AFTER_EXPIRY", "reading/expired_tables", self.credential.id)
        if standing is Standing.NO_END_DATE:
            self.add_rule("VOLUNTARY_TABLE", "reading/voluntary_table", self.credential.id)
            self.grades.append(self.book.cite("reading/voluntary_table").grade)
        return self

    def _user_row(self, row: str, grade: Grade | None) -> None:
        if grade is Grade.USER:
            self.add("USER_ROW", row, self.credential.id, [])

    def without_table(self, code: str, policies: Sequence[Policy]) -> Notes:
        """Note why no table can be used."""
        if not policies:
            self.add_rule(code, "reading/first_rows", self.credential.id)
        for policy in policies:
            self.add(code, policy.row.id, self.credential.id, policy.citations)
        return self

    def activities(self, judged: Judged) -> Notes:
        """Note why an activity does not count, and how its amount became points."""
        plain: frozenset[str] = self.book.rules.shipped
        for item in judged.counted:
            activity = item.entry.activity
            if item.doubt is not None or item.reason is not None:
                self._reason(item)
            if activity.kind not in plain or activity.unit not in _POINT_FOR_POINT or points_of(activity) > self._most:
                self._worth(item)
        for setting in judged.used:
            if setting.user:
                self.add("USER_ROW", setting.id, self.credential.id, [setting.citation])
            elif setting.value == "each":
                self.add("EACH_COUNTS", setting.id, self.credential.id, [setting.citation])
        return self

    @cached_property
    def _most(self) -> int:
        """Return the plausible number of points for a day, in hundredths; unlimited if the edition does not say."""
        most = self.book.figures.get("plausible_points_of_a_day")
        return MOST_POINTS * 100 if most is None else to_hundredths(most.value)

    def _reason(self, one: Counted) -> None:
        """Note why an activity does not count, and areas that are only proposed."""
        activity, reason = one.entry.activity, one.reason
        if reason in _RULE_OF:
            self.add_rule(reason, _RULE_OF[reason], activity.id, one.others)
        elif reason == "REPEATED_COURSE":
            self._repeated(one)
        elif reason == "UNIT_UNCONFIRMED":
            self.add_rule(reason, f"unit/{activity.unit}", activity.id)
        elif reason == "NOT_ACCEPTABLE":
            limits = self.book.rules.kinds[activity.kind].limits
            self.add(reason, f"{activity.kind}/done_from", activity.id,
                     [limit.citation for limit in limits if limit.day is not None])
        elif reason is not None:
            self.add(reason, f"kind/{activity.kind}", activity.id, [self.book.rules.kinds[activity.kind].citation])
        if "AREA_PROPOSED" in one.open:
            self.add("AREA_PROPOSED", "record/proposed_areas", activity.id, [])

    def _repeated(self, one: Counted) -> None:
        """Note that an activity may be a course taken again."""
        activity = one.entry.activity
        setting = cast("Setting", self.book.repeated(activity.kind))  # without a row there is no such reason
        self.add("REPEATED_COURSE", setting.id, activity.id, [setting.citation], one.others)

    def _worth(self, one: Counted) -> None:
        """Note how the amount of an activity became points, and an implausible amount."""
        activity = one.entry.activity
        rule: KindRule = self.book.rules.kinds[activity.kind]
        if one.bucket == ACCEPTED and rule.citation.grade is Grade.USER:
            self.add("USER_ROW", f"kind/{activity.kind}", activity.id, [rule.citation])
        if one.bucket == ACCEPTED and vocabulary.UNITS[str(activity.unit)] != 1:
            self.add_rule("UNIT_CONVERTED", f"unit/{activity.unit}", activity.id)
        if points_of(activity) > self._most and activity.kind not in _LONGER_THAN_A_DAY:
            self.add("AMOUNT_UNUSUAL", "plausible_points_of_a_day", activity.id,
                     [self.book.figure("plausible_points_of_a_day").citation])

    def answered(
        self, judged: Judged, answers: Answers, verdict: Verdict | None = None, *, late: bool = False
    ) -> Notes:
        """Note the holder's answers that were used, and their effect on the grade."""
        if answers.given:
            self._used(judged, answers, verdict, late=late)
        for name in verdict.refused if verdict is not None else ():
            self.add_rule("DIVISION_REFUSED", "rule/keep_whole", name)
        return self

    def _used(self, judged: Judged, answers: Answers, verdict: Verdict | None, *, late: bool) -> None:
        """Note each answer that was used."""
        used = {(code, item.entry.activity.id) for item in judged.counted for code in item.answered}
        if verdict is not None:
            used |= {(code, subject or self.credential.id) for code, subject in verdict.answered}
        if late:
            used.add(("FORMER_CODE_LATE", self.credential.id))
        for code, subject in answers.given:
            if (code, subject) in used:
                self.add("ANSWER_USED", answer_rule(code), subject, [])
                self.grades.extend([Grade.USER] if code in ABOUT_POLICY else [])

    def placed(self, allocation: Allocation, policy: Policy, counted: Sequence[Counted]) -> Notes:
        """Note the kinds whose points were placed, points over a cap, and divided activities."""
        kinds = {item.entry.activity.id: item.entry.activity.kind for item in counted}
        if self.book.setting("rule/unit_grade") is not None:
            units = {item.entry.activity.id: item.entry.activity.unit for item in counted}
            self.grades.extend(self.book.cite(f"unit/{unit}").grade
                               for unit in {units[placement.activity] for placement in allocation.placements})
        for kind in dict.fromkeys(kinds[placement.activity] for placement in allocation.placements):
            rule: KindRule = self.book.rules.kinds[kind]
            self.add("KIND_VALUE", f"kind/{kind}", kind, [rule.citation])
            self.grades.append(rule.citation.grade)
        caps = {cap.kind: cap.citation for cap in policy.caps or ()}
        capped = {kinds[result.id] for result in allocation.activities if result.placed or result.over_cap}
        for kind, citation in caps.items():
            if kind in capped and citation.grade is Grade.USER:
                self._user_row(f"{kind}/{self._cap_of(kind)}", citation.grade)
                self.grades.append(citation.grade)
        for result in allocation.activities:
            if result.over_cap:
                kind = kinds[result.id]
                self.add("OVER_CAP", f"{kind}/{self._cap_of(kind)}", result.id, [caps[kind]])
        for name in allocation.divided:
            self.add_rule("DIVIDED_ACTIVITY", "rule/keep_whole", name)
        if allocation.search_limit:
            self.add_rule("SEARCH_LIMIT", "rule/keep_whole", self.credential.id)
        return self

    def _cap_of(self, kind: str) -> str:
        return "share" if self.book.rules.kinds[kind].limit("share_of_total") is not None else "points"

    def shortfalls(self, allocation: Allocation, policy: Policy) -> Notes:
        """Note every area that is short, and the total if all points together are too few."""
        figures = {figure.area: figure.citation for figure in policy.areas or ()}
        for area in allocation.areas:
            if area.short and policy.pool is not None:
                self.add("AREA_SHORT", area.row, area.area, [figures.get(area.area, policy.pool.citation)])
        for proof in allocation.shortfalls:
            if vocabulary.POOL in proof.areas and policy.total is not None:
                self.add("TOTAL_SHORT", policy.row.id, "total", [policy.total.citation])
        return self

    def own_placement(self, own: Sequence[Placement], judged: Judged, policy: Policy) -> Notes:
        """Check the holder's own placement, if there is one; the answer does not depend on it."""
        if not own:
            return self
        for subject, problem in placement_problems(own, judged, policy):
            stands = _PLACEMENT_RULES.get(problem.code)
            self.add("PLACEMENT_UNLAWFUL", f"placement/{problem.code.lower()}", subject,
                     [self.book.cite(stands)] if stands is not None else [])
        needs = self._needs(policy)
        placed = placed_of(own, judged, policy)
        for figure, area in needs:
            if placed[area] < figure:
                self.add("PLACEMENT_INCOMPLETE", "placement/incomplete", area, [])
        return self

    def _needs(self, policy: Policy) -> list[tuple[int, str]]:
        needs = [(figure.hundredths, figure.area) for figure in policy.areas or ()]
        return [*needs, (policy.pool.hundredths if policy.pool is not None else 0, vocabulary.POOL)]

    def standing(self, standing: Standing) -> Notes:
        """Note that the credential is expired or inactive."""
        if standing is Standing.EXPIRED:
            self.add("EXPIRED", "expiry/expired", self.credential.id,
                     [self.book.cite("expiry/expired"), self.book.cite("expiry/reinstatement")])
        elif standing is Standing.INACTIVE:
            self.add_rule("INACTIVE", "expiry/inactive", self.credential.id)
        return self

    def declaration(self, declaration: Declaration | None) -> Notes:
        """Note the position of the day in the declaration window."""
        if declaration is not None:
            days = [self.book.figure(name) for name in ("opens_days_before_end", "advised_days_before_end")]
            self.add("DECLARATION", "window", declaration.status,
                     [*(figure.citation for figure in days), self.book.cite("reading/last_day")])
            for figure in days:
                self._user_row(figure.name, figure.grade)
        return self
