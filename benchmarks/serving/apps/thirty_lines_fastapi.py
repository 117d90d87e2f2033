"""The same thirty lines behind FastAPI, for uvicorn."""

from typing import Any

from fastapi import Body, FastAPI

from benchmarks.serving.apps.plain_network import read_digit

app = FastAPI()


@app.post("/api/v1/predictions")
async def predict(drawing: dict[str, Any] = Body()) -> dict[str, Any]:  # noqa: B008 - FastAPI's way
    """No limits, no log, no counts."""
    digit, confidence = read_digit(drawing["strokes"])
    return {"text": str(digit), "confidence": confidence}
