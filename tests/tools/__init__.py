"""Tests of benchmarks and of mutation testing."""
