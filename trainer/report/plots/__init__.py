"""The plots of a report, one kind a file; each is a function from numbers to a figure.

All are drawn on figures of their own (no pyplot, no global state), in colours
that colour-blind people can tell apart (Okabe, Ito: Color universal design,
2008), light or dark, and the same numbers always give the same picture.
"""
