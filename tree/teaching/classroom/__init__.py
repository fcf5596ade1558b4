"""A class: its records together, and the lesson on the projector."""
