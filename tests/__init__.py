"""Tests of cmprules; several of them use the strategies and the plain arithmetic in this package."""
