"""Tests of taking part, and of citing a credential."""
