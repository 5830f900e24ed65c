"""Questions across the tables that stand below every room."""
