"""Two guides side by side: for whom the outcome changed, and what changed in the words."""
