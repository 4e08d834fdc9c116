"""Tests of what lies at the edges: files, commands, formats."""
