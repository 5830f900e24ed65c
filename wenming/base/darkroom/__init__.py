"""The child process that draws pictures anew (净图); it knows nothing of Django."""
