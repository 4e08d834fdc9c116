"""Tests of cmprules; the strategies and the plain arithmetic in this package serve several of them."""
