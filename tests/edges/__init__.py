"""Tests of the edges: files, commands, formats."""
