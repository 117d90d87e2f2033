"""Search the settings of a recipe: many short trainings, on one machine or on many."""
