"""What each recipe can be told, one a file, named as the recipe: read without importing Keras."""
