"""From a text to a new guide: its shape, a draft of its entries, the file to work on."""
