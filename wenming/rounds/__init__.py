"""Rounds and their register of sites (轮次)."""
