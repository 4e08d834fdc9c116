"""From columns to arrays: every distinct value is read once, by the same reader as that of a record.

A row of which every value reads well is plain.  Any other is given to the reader of records whole, which says what is
wrong with it, or that nothing is.

1. `given`: rows of a table, and what is wrong with its columns;
2. `reading`: one value as the reader of records takes it;
3. `words`: a column by its distinct values;
4. `names`: ids, holders, titles and other text;
5. `credentials` and `activities`: the tables as arrays;
6. `raw`: rows as a record would have them, for the second look and the scalar path.
"""
