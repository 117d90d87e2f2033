"""What the documentation page shows of the OpenAPI document, ready to be written out.

A reader wants rows: the operations with their answers, the schemas with their
fields. The document itself comes from :mod:`webapp.api.documentation`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """One answer that an operation may give."""

    status: str
    description: str
    schema: str


@dataclass(frozen=True)
class Operation:
    """One method of one address; ``body`` and ``example`` are None where it has none."""

    method: str
    path: str
    summary: str
    description: str
    body: str | None
    answers: tuple[Answer, ...]
    example: Any


@dataclass(frozen=True)
class SchemaField:
    """One field of a schema."""

    name: str
    type: str
    is_required: bool
    description: str


@dataclass(frozen=True)
class Schema:
    """One schema with its fields and, if it has one, an example."""

    name: str
    description: str
    fields: tuple[SchemaField, ...]
    example: Any


def operations(document: Json) -> Iterator[Operation]:
    """Every operation of an OpenAPI document: the API's first, the operators' last."""
    paths = document["paths"].items()
    for path, methods in sorted(paths, key=lambda entry: not entry[0].startswith("/api/")):
        for method, operation in methods.items():
            yield _operation(method.upper(), path, operation)


def schemas(document: Json) -> Iterator[Schema]:
    """Every schema of an OpenAPI document, in its order."""
    for name, schema in document["components"]["schemas"].items():
        required = schema.get("required", [])
        fields = tuple(
            SchemaField(field, type_of(entry), field in required, entry.get("description", ""))
            for field, entry in schema.get("properties", {}).items()
        )
        example = next(iter(schema.get("examples", [])), None)
        yield Schema(name, schema.get("description", ""), fields, example)


def type_of(schema: Json) -> str:
    """Say in a few words what values a JSON schema allows."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(type_of(choice) for choice in schema["anyOf"])
    if "const" in schema or "enum" in schema:
        choices = schema.get("enum", [schema.get("const")])
        return " | ".join(f'"{choice}"' for choice in choices)
    if schema.get("type") == "array":
        return f"[{type_of(schema.get('items', {}))}]{_bounds(schema, 'minItems', 'maxItems')}"
    return f"{schema.get('type', 'any')}{_bounds(schema, 'minimum', 'maximum')}"


def _operation(method: str, path: str, operation: Json) -> Operation:
    answers = operation["responses"].items()
    content = [media for _, answer in answers for media in answer.get("content", {}).values()]
    return Operation(
        method,
        path,
        operation.get("summary", ""),
        operation.get("description", ""),
        _schema_name(operation["requestBody"]) if "requestBody" in operation else None,
        tuple(
            Answer(status, answer["description"], _schema_name(answer))
            for status, answer in sorted(answers)
        ),
        next((media["example"] for media in content if "example" in media), None),
    )


def _schema_name(carrier: Json) -> str:
    for media in carrier.get("content", {}).values():
        return type_of(media.get("schema", {}))
    return ""


def _bounds(schema: Json, low: str, high: str) -> str:
    if low not in schema and high not in schema:
        return ""
    return f" ({schema.get(low, '')}…{schema.get(high, '')})"
