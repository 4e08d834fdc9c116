"""Tests of reforms."""
