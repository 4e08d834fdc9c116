"""Tests of cmprules.renewal."""
