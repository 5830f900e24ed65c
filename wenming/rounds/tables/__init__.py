"""Lists of rounds, of the register, and of the sites of a round's evidence."""

from wenming.rounds.tables.evidence import filter_of, sites_table

__all__ = ["filter_of", "sites_table"]
