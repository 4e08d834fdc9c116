# The public surface of cmprules.timelines, written by tasks/write_surface.py.

REMIND: tuple
