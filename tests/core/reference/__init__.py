"""A second implementation of `decide`, which shares no module with the library, and a comparison of the two.

It is slow and plain on purpose, so that you can read it against the rules: it tries every set of areas, every choice of
an area for each activity, and every grouping of fees.  Amounts are whole hundredths of a point inside, and text at the
edges.  Its tables are typed by hand, not read from the library's data.

The rules are in `tables`, `months`, `cycles`, `counting`, `placing`, `readings`, `fees` and `decision`; `generation`
makes records near the edges of the rules; `compare`, `coverage` and `__main__` compare the two implementations.
Only `compare` imports the library.
"""
