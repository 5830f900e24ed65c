"""Pages of the framework."""
