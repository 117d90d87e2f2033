"""Find the ink on a picture: how far each pixel is from its paper, less the lines printed on it."""
