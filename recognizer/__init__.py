"""Recognise handwritten digits: strokes in, a calibrated answer out.

    run = load_run(Path("models"), read_current(Path("models")))
    prediction = Recognizer(run).recognize(parse_drawing(text))

Training and serving share this package, so that what the network sees cannot
differ.  It knows no HTTP, no database and no Keras.  Nothing is imported here, so
that a command can say which package is missing.
"""

import os

VERSION = "0.1.0"  # of Nét, as in pyproject.toml

# ONNX Runtime (1.29 and later) reports to its maker unless told not to before anything imports it,
# and the threads that do so end a forked worker with SIGABRT when it stops.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
