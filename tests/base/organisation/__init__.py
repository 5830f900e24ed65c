"""Organisation, people, calendar and audit on screen and by services."""
