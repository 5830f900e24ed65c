"""The OpenRosa doors: forms for ODK Collect and its like, and what they send back."""
