"""Tests of examinations."""
