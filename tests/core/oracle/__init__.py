"""The code against something simpler than the code."""
