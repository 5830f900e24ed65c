"""Editions on screen: import, drafts, pages, comparison."""
