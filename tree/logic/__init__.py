"""The heart: statements → decisions → trees → walks and reasons. Standard library only."""
