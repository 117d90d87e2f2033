"""What people call a run and say about it; kept in the database, never in the run's folder."""
