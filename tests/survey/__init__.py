"""Questionnaires in use and the sheets that come in."""
