"""Picture files: what each says of itself before it is decoded, and decoding within bounds."""
