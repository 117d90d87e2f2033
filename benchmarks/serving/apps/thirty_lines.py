"""What anybody would write: the served run's main network behind Flask, and nothing else."""

from flask import Flask, Response, jsonify, request

from benchmarks.serving.apps.plain_network import read_digit

app = Flask(__name__)


@app.post("/api/v1/predictions")
def predict() -> Response:
    """No validation, no limits, no log, no counts."""
    digit, confidence = read_digit(request.get_json()["strokes"])
    return jsonify(text=str(digit), confidence=confidence)
