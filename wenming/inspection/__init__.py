"""What was seen on site, and what assessors marked (实地考察·整体观察)."""
