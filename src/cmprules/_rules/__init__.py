"""The rules: counting, placing, verifying, fees and outcomes."""
