"""Forms of the framework."""
