"""Small Flask apps that ours is compared with, served by the same gunicorn."""
