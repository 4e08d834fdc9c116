"""Builds the conformance vectors: for every threshold of the tables, records on both sides of it."""
