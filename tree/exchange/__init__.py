"""Other people's formats: what comes in as a decision table, and what a guide goes out as.

Each format has a module of its own. What a format cannot say is refused with its place, and what
a conversion leaves out is listed.
"""
