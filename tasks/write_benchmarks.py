"""Write the page of the benchmarks from their results and remarks.

Run after a change of `bench/results` or `bench/remarks.toml`; `python -m bench` does it by itself:

    python -m tasks.write_benchmarks

A test fails while the page differs from its sources.
"""

from __future__ import annotations

from bench._page import write_page

if __name__ == "__main__":
    write_page()
