"""Editions of the framework and who answers for what (测评体系)."""
