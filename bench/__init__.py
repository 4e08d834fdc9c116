"""Benchmarks: ratios within one run, beside named contestants.  `python -m bench` runs them all."""
