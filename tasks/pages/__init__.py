"""Parts of the written pages: `tasks/write_docs.py` puts them together."""
