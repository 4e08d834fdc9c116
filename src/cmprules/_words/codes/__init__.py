"""Every public code of an answer or a fault, in tables by what it is about, with its meaning and what to do.

Codes are public and stay the same; the wording may change.  The reference pages are generated from these tables.
"""
