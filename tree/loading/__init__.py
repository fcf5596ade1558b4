"""From YAML to a guide and back, every value with its place in the file."""
