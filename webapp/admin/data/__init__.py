"""The page about the data sets: what there is of them, counted and drawn by the trainer."""
