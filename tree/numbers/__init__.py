"""Numbers: a guide as tables, and what it says of many patients at once."""
