"""What follows: counting, placing, verifying, fees and outcomes."""
