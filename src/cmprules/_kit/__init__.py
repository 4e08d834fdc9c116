"""Building blocks of every value: field shapes, exact points, days, canonical JSON."""
