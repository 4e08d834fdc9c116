"""Mutation tests: the pytest plugin, and the survivors."""
