"""Pages of inspection: the app on the phone, and the visits on the desk."""
