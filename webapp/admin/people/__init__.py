"""Who may use the admin pages, what they did, and each person's own account."""
