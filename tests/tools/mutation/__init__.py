"""Mutation tests: what they need of pytest, and the survivors."""
