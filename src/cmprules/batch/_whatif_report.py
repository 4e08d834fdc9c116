"""The report on a population under two books."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from cmprules._answers.render import report_for
from cmprules._answers.render.blocks import (
    Block,
    Bullets,
    Details,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Table,
    Title,
    Verdict,
)
from cmprules._answers.render.words import counted, dollars, in_sentence, listed, relied_on, spoken
from cmprules._kit.listing import joined
from cmprules._kit.points import decimal_text, money_text
from cmprules._words.enums import Outcome
from cmprules.batch._whatif_picture import OUTCOME_WORDS, bars_picture, flow_picture
from cmprules.batch._whatif_values import BookSide, RequirementFlips, Tally, WhatIf

__all__: list[str] = []

_FIGURES = {"cycle_months": "Length of the cycle", "last_years_months": "Span that counts where there is no cycle"}
_HOWS = ("Alone: this change is enough for the flip, and without it nothing flips.",
         "Each: this change is enough, and so is another one.",
         "Together: this change is needed, and so are others.",
         "Mixed: this change plays another part in the flip.")


@report_for(WhatIf)
def _report_of_what_if(value: WhatIf) -> list[Block]:
    """Report how many outcomes flip, which requirement causes it, and the sums of points and fees."""
    blocks: list[Block | None] = [
        Title(f"What changes for {counted(value.total.credentials, 'credential')}", f"as of {spoken(value.on)}"),
        _verdict(value), Facts((*_sums(value.total), ("As of", spoken(value.on), ""))),
        flow_picture(value), *_requirements(value.requirements),
        Details("Outcomes before and after", (_matrix(value),)), *_tallies(value),
        Details("The two sets of rules", (Bullets((
            f"Before: {_side(value.before)}", f"After: {_side(value.after)}", relied_on(value.trust))),)),
        Notice(value.notice)]
    return [block for block in blocks if block is not None]


def _sums(total: Tally) -> Iterable[tuple[str, str, str]]:
    """Sum up what is met, and the fees."""
    yield "Met before", f"{total.met_before:,}", ""
    yield "Met after", f"{total.met_after:,}", ""
    yield "Cost", dollars(total.fee_after), _more(total.fee_after - total.fee_before)


def _side(side: BookSide) -> str:
    """Name a book by its edition, and each of the user's own files by its digest."""
    own = [f"{sha256[:12]}..." for sha256 in side.extra_sha256]
    files = f", with {counted(len(own), 'file')} of your own ({joined(own)})" if own else ""
    return f"edition {side.edition} ({side.edition_sha256[:12]}...){files}."


def _verdict(value: WhatIf) -> Verdict:
    """State first how many flip."""
    total = value.total
    details = [f"{counted(total.changed, 'answer')} differ{'s' if total.changed == 1 else ''} in some way."]
    if value.refused:
        details.append(f"{counted(value.refused, 'credential')} could not be decided; the faults say why.")
    text = f"{total.flipped:,} of {counted(total.credentials, 'outcome')} flip{'s' if total.flipped == 1 else ''}"
    return Verdict(text, "open" if total.flipped else "good", tuple(details))


def _matrix(value: WhatIf) -> Table:
    """Set outcomes before against outcomes after."""
    counts = {(flow.before, flow.after): flow.credentials for flow in value.outcomes}
    rows = tuple((OUTCOME_WORDS[before], *(f"{counts[before, after]:,}" for after in Outcome),
                  f"{sum(counts[before, after] for after in Outcome):,}") for before in Outcome)
    sums = tuple(f"{sum(counts[before, after] for before in Outcome):,}" for after in Outcome)
    return Table("Credentials by their outcome before (down) and after (across)",
                 ("Before", *(OUTCOME_WORDS[after] for after in Outcome), "all"),
                 (*rows, ("all", *sums, f"{value.total.credentials:,}")), right=(1, 2, 3, 4, 5),
                 strong=(len(rows),))


# ---------------------------------------------------------------------------------------------------------
# Causes.


def _requirements(found: Sequence[RequirementFlips]) -> Iterable[Block | None]:
    """List every requirement that differs between the books, those with the most flips first."""
    yield Heading(2, "Which requirement causes it")
    if not found:
        yield Paragraph("Both sets of rules require the same.")
        return
    ordered = sorted(found, key=_flips, reverse=True)
    if not _flips(ordered[0]):
        changed = counted(len(ordered), "requirement differs", "requirements differ")
        yield Paragraph(f"{changed}, and no outcome flips because of it: {listed([*map(_name, ordered)])}.")
        return
    yield Paragraph(f"Most flips: {_name(ordered[0])} ({_flips(ordered[0]):,}).")
    yield bars_picture([(_name(flips), flips.alone, _flips(flips) - flips.alone) for flips in ordered])
    rows = tuple((_name(flips),
                  *(f"{count:,}" for count in (_flips(flips), flips.alone, flips.each, flips.together, flips.mixed)))
                 for flips in ordered)
    columns = ("Requirement", "Flips", "Alone", "Each", "Together", "Mixed")
    yield Details("Flips by requirement", (Table("How each changed requirement flips outcomes", columns, rows,
                                                 right=(1, 2, 3, 4, 5)), Bullets(_HOWS)))


def _flips(one: RequirementFlips) -> int:
    return one.alone + one.each + one.together + one.mixed


def _name(one: RequirementFlips) -> str:
    """Name a requirement in plain words."""
    kind, _, limit = one.of.partition("/")
    return {
        "table": "A table known to one side only", "total": "Total in three years",
        "area": f"Minimum: {in_sentence(one.of)}", "cap": f"At most: {in_sentence(one.of)}",
        "kind": f"Value established: {in_sentence(one.of)}",
        "limit": f"Limit on {in_sentence(kind)}: {limit.replace('_', ' ')}",
        "figure": _FIGURES.get(one.of, one.of),
    }[one.requirement]


# ---------------------------------------------------------------------------------------------------------
# Sums.


def _tallies(value: WhatIf) -> Iterable[Block]:
    """Yield the sums for each code, and for all."""
    every, last = (*value.codes, value.total), (len(value.codes),)
    unknown = list(_unknown(value.total))
    yield Details("By credential", (
        Table("Answers", ("Credential", "Decided", "Changed", "Flipped", "Met before", "Met after"),
              tuple((_code(tally), *(f"{count:,}" for count in (tally.credentials, tally.changed, tally.flipped,
                                                                tally.met_before, tally.met_after)))
                    for tally in every),
              right=(1, 2, 3, 4, 5), strong=last),
        Table("Points missing, and fees in US dollars",
              ("Credential", "More missing", "Less missing", "Fees before", "Fees after", "Difference"),
              tuple((_code(tally), decimal_text(tally.short_added), decimal_text(tally.short_removed),
                     money_text(tally.fee_before), money_text(tally.fee_after),
                     _signed(tally.fee_after - tally.fee_before))
                    for tally in every), right=(1, 2, 3, 4, 5), strong=last),
        *([Paragraph(f"Not in the sums: {joined(unknown)}.")] if unknown else [])))


def _code(one: Tally) -> str:
    return "all" if one.code is None else f"{one.code}({one.body})"


def _signed(difference: Decimal) -> str:
    """Write an amount of money with its sign; none for nothing."""
    sign = "-" if difference < 0 else "+" if difference else ""
    return f"{sign}{money_text(abs(difference))}"


def _more(difference: Decimal) -> str:
    """State how much more or less money this is than before."""
    if not difference:
        return "as before"
    return f"{dollars(abs(difference))} {'less' if difference < 0 else 'more'} than before"


def _unknown(total: Tally) -> Iterable[str]:
    """State what is not part of the sums."""
    if total.short_unknown:
        yield f"{counted(total.short_unknown, 'shortfall')} known to one side only"
    if total.fee_unknown:
        yield f"{counted(total.fee_unknown, 'fee')} not known to one side or both"
