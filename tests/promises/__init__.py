"""Tests of everything that holds from release to release."""
