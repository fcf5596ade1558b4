"""Cases to learn with: vignettes, practice, records and scores, cards to take along."""
