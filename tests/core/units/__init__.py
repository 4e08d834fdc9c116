"""Tests of the parts of the rules, one part at a time."""
