"""The operations of the interface, one file for each part of the house."""
