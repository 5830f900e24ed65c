"""The ground of every app: the city, its units and its working groups (基础)."""
