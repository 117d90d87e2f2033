"""The data sets: where they lie, how they are read, how they are split."""
