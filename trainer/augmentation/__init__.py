"""Random changes to training data that leave a digit the digit it is."""
