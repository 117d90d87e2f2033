"""Who may do what: accounts with roles, their sessions, and what they did."""
