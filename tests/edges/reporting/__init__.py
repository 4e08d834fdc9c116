"""Tests of reports for many people."""
