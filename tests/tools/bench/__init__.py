"""Tests of the benchmarks: contestants agree, and results have one shape.  No time is tested."""
