"""The page: what it needs to know, its HTML, and the front end."""
