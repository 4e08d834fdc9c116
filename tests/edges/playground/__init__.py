"""The Python of the playground, under this Python; the page itself is tested in a browser."""
