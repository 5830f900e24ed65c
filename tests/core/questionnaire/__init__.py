"""Questionnaires: expressions, building, judging one sheet."""
