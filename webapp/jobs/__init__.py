"""What the trainer does for people: queued in the web app, run by workers of their own."""
