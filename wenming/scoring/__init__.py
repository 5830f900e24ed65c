"""Runs, their results and what does not fit (计分)."""
