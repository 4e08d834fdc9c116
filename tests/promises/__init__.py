"""What holds from release to release."""
