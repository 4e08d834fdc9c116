# The public surface of cmprules.batch.spark, written by tasks/write_surface.py.

class DecidedFrames:
    answers: Any
    both: Any
    faults: Any
    stamp: FrozenMap

def decide_frames(credentials: Any, activities: Any, book: PolicyBook, *, on: date, trust: Grade | str = 'inferred') -> DecidedFrames: ...
