"""Documents and their review (材料审核)."""
