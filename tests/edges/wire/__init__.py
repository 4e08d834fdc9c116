"""Tests of reading and writing: between plain data and values."""
