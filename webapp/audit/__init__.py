"""What was done, by whom and from where: a line for each action, never changed afterwards."""
