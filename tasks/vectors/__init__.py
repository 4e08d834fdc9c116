"""Builds the conformance vectors: from every threshold of the tables, records on both sides of it."""
