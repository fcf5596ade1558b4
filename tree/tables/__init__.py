"""Guides, patients and cohorts as data frames."""
