"""Tests of plans: what to buy at best, checked by trying everything and by deciding again."""
