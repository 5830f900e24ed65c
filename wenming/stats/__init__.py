"""Pure numbers: estimates, probabilities of grades, totals and draws; nothing of Django."""
