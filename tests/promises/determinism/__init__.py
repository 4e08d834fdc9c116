"""Tests that the answer is the same whatever surrounds the library."""
