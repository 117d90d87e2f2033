"""Recognise handwritten digits: strokes in, a calibrated answer out.

    run = load_run(Path("models"), read_current(Path("models")))
    prediction = Recognizer(run).recognize(parse_drawing(text))

Training and serving share this package, so that what the network sees cannot
differ.  It knows no HTTP, no database and no Keras.  Nothing is imported here, so
that a command can say which package is missing.
"""

VERSION = "0.1.0"  # of Nét, as in pyproject.toml
