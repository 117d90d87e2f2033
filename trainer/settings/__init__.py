"""The settings of recipes: what each means, the values it takes, and what all recipes share."""
