"""Sample files from outside, with what has to come out of them: `python -m tasks.intake_files`."""
