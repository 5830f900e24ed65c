"""Figures of the statistical offices (统计数据)."""
