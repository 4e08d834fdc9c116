"""The answers other than the decision, package by package."""
