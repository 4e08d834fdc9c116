"""Taking part, and citing a credential."""
