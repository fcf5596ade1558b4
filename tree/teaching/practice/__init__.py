"""Practice in a notebook, and the record that a student keeps."""
