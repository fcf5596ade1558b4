"""A text → a draft of its guide: what is asked, and what of an answer stands the test."""
