"""Tests of the conformance vectors and their runner."""
