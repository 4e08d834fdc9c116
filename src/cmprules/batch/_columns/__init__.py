"""From columns to arrays: the reader of records reads every distinct value once.

A row whose values are all readable is plain.  Any other row goes as a whole to the reader of records, which finds its
faults, if there are any.

1. `given`: rows of a table, and the faults of its columns;
2. `reading`: one value in the form that the reader of records takes;
3. `words`: a column by its distinct values;
4. `names`: ids, holders, titles and other text;
5. `credentials` and `activities`: the tables as arrays;
6. `raw`: rows in the form of a record, for the second look and the scalar path.
"""
