"""Tests of the answers other than the decision, package by package."""
