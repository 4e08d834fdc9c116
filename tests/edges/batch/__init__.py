"""Populations: columns in, columns out, and exactly the answers of `decide`."""
