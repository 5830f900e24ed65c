"""What the templates of the score need: figures as printed, labels, charts."""
