"""Examinations: reading score reports, attempts and waits, fees, appeals, awards, and the time until a retake.

    from cmprules.exam import exam_outlook, read_exam

    outlook = exam_outlook(read_exam("examples/exam/mls-failed.json"), book, on=date(2026, 2, 9), hours_per_week=6)
    print(cmprules.render(outlook, "text"))

The package is independent of ASCP, and its answers are not ASCP's decision.
"""

from __future__ import annotations

from cmprules.exam import _report as _report  # registers the reports
from cmprules.exam._appeal import appeal_deadline
from cmprules.exam._attempts import attempts, next_attempt
from cmprules.exam._award import award
from cmprules.exam._fee import application_fee
from cmprules.exam._outlook import exam_outlook
from cmprules.exam._plan import retake_plan
from cmprules.exam._rates import pass_rates
from cmprules.exam._reader import parse_exam, read_exam
from cmprules.exam._reports import ContentArea, ExamRecord, ScoreReport
from cmprules.exam._score import read_score
from cmprules.exam._values import (
    AppealDeadline,
    ApplicationFee,
    AreaReading,
    Attempts,
    Award,
    AwardEnd,
    CategoryOutlook,
    ExamOutlook,
    NextAttempt,
    PassRate,
    RetakePlan,
    ScoreReading,
    StudyShare,
    WaitReading,
)

__all__ = [
    "AppealDeadline",
    "ApplicationFee",
    "AreaReading",
    "Attempts",
    "Award",
    "AwardEnd",
    "CategoryOutlook",
    "ContentArea",
    "ExamOutlook",
    "ExamRecord",
    "NextAttempt",
    "PassRate",
    "RetakePlan",
    "ScoreReading",
    "ScoreReport",
    "StudyShare",
    "WaitReading",
    "appeal_deadline",
    "application_fee",
    "attempts",
    "award",
    "exam_outlook",
    "next_attempt",
    "parse_exam",
    "pass_rates",
    "read_exam",
    "read_score",
    "retake_plan",
]
