"""Tests of tracking and changes."""
