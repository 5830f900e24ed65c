"""The rules of the field, pure: standard library only, exact numbers, no clock and no database."""
