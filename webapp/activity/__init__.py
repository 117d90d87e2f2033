"""What the web's workers count and report about themselves, and what pages read of it."""
