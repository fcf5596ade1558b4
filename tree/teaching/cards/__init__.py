"""A guide as cards and questions for other programs."""
