"""Read pictures: decode them safely, find the ink, find the digits.

:func:`recognizer.photos.reading.read_picture` is the way in.  What the answers are called is for
:mod:`recognizer.verdicts`.
"""
