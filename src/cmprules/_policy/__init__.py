"""What is asked, since when, and who says so: the policy tables of an edition."""
