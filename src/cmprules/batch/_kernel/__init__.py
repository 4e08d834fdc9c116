"""The kernel: the outcome of one credential after another, over arrays.

It is the scalar path in closed form.  For every set of areas, its need minus the points that may serve any of them is a
shortfall that no placement avoids; the largest is the shortfall of the best placement.  If that does not settle an
answer (an activity has to be divided, or there are too many ways of keeping activities whole), the kernel answers
`ASK`, and the scalar path decides.

A credential goes through the rooms in this order:

1. `judging`: each activity by itself: it counts, it is open, or it does not count;
2. `grouping`: for entries under one title that may be one activity, which of them counts for all;
3. `items`: what each activity can bring to a table;
4. `proving`: the shortfall that remains at least, with its proof;
5. `placing` and `keeping`: whether that shortfall can be reached with every activity in one area;
6. `grading`: the weakest grade of what is placed;
7. `reviewing`: which open questions change the answer;
8. `deciding`: all of this for one credential, and for all of them.

`records` has the input, output and working arrays; `ordering` has the order of activities.

Days are numbered from 1970-01-01, points are hundredths, sets of areas are bits.  Functions take records and few
arrays, because passing an array costs as much as a dozen additions.  Numba compiles each function when it is first
called, and caches the code; functions that every holder goes through with the whole working space are `inlined`.
No module may have the name of its package, because the two would share a cache file.
"""
