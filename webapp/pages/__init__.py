"""What a person's browser gets: pages, their languages, and the files under static/."""
