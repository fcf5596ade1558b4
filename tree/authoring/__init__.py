"""From a text to a new guide: its passages, its sentences, the file to work on; and exercises."""
