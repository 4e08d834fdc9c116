"""Benchmarks: ratios to named contestants within one run.  `python -m bench` runs them all."""
