"""The floor: a Flask endpoint that takes JSON, does nothing with it and answers JSON."""

from flask import Flask, Response, jsonify, request

app = Flask(__name__)


@app.post("/api/v1/predictions")
def answer() -> Response:
    """Read the body, as everybody must, and answer the same every time."""
    request.get_data(cache=False)
    return jsonify(text="7", confidence=0.998)
