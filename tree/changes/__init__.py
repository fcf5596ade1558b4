"""Two guides side by side: what changed, and for whom."""
