"""Wenming 文明: from an edition and its evidence to a score that can be explained."""

__version__ = "0.1.0"
