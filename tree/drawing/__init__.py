"""Trees and numbers as pictures."""
