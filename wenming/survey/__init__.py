"""Questionnaires and answer sheets (问卷调查)."""
