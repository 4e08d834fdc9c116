"""Benchmarks and mutation testing."""
