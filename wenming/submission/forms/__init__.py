"""Forms of documents: what is asked for, what is handed in, what the review says."""
