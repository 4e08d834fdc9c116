"""Populations: columns in, columns out, with exactly the answers of `decide`."""
