"""Corrections: what people said that their drawings were, kept until an operator has looked."""
