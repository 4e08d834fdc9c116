"""The answers beside the decision, package by package."""
