"""Sample files from outside, each with its expected outcome: `python -m tasks.intake_files`."""
