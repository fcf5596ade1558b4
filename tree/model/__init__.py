"""What a guide is: its text, its parts, and the problems that can be found in them."""
