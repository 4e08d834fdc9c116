"""Tests of the benchmarks: what they compare agrees, and what they write has one shape.  No time is tested."""
