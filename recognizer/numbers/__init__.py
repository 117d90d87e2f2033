"""Find the digits in a drawing: which strokes make each, in reading order."""
