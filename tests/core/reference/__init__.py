"""A second implementation of `decide`, which shares no module with the library, and the comparison of the two.

It is slow and plain on purpose, so that it can be read against the rules: every set of areas is tried, every choice of
an area for each activity, every grouping of fees.  Amounts are whole hundredths of a point everywhere inside, and text
at the edges.  Its tables are typed by hand, not read from the library's data.

The rules are in `tables`, `months`, `cycles`, `counting`, `placing`, `readings`, `fees` and `decision`; `generation`
makes records near the edges of the rules; `compare`, `coverage` and `__main__` hold the two implementations together.
Only `compare` imports the library.
"""
