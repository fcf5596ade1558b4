"""Documents as people have them → a plain text, with a list of all that was cleaned away."""
