"""Read the UNIPEN 1.0 format, which pendigits-orig and train_r01_v07 are written in.

Guyon, Schomaker, Plamondon, Liberman, Janet: UNIPEN project of on-line data exchange and
recognizer benchmarks, ICPR 1994; the definition is http://unipen.nici.ru.nl/unipen.def.
"""
