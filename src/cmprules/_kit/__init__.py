"""How any value is made: shapes of fields, exact points, days, canonical JSON."""
