"""The rules against something simpler."""
