"""The outermost room: it assembles the others and decides nothing."""
