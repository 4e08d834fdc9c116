"""The same answer whatever surrounds the library."""
