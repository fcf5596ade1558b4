"""Guides in notebooks: the explorer, the workshop, exporters and the app."""
