"""The Python of the playground: what its page asks the package, and how to bundle both."""
