"""The policy tables of an edition: requirements, their dates and their sources."""
