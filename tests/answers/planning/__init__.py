"""Plans: what is best bought, held to trying everything, and decided again."""
