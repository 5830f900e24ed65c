"""Tags for the pages of the framework."""
