# The public surface of cmprules.tracking, written by tasks/write_surface.py.

class AreaProgress(Checked):
    applied: Decimal
    area: str
    needed: Decimal
    placed_by_holder: Decimal
    short: Decimal

class Credit(Checked):
    activity: str
    automatic: bool
    missing: tuple[str, ...]
    missing_for_audit: tuple[str, ...]

class WaitingCredit(Checked):
    activity: str
    areas: tuple[str, ...]
    points: Decimal
