"""Values for the part of JSON Schema that contributions use."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st


def is_possible(schema: dict[str, Any]) -> bool:
    """Whether anything fits: a rating without open questions takes no answers to them."""
    return all("not" not in one for one in schema.get("properties", {}).values())


def from_schema(schema: dict[str, Any], root: dict[str, Any] | None = None) -> st.SearchStrategy[Any]:
    """Anything the schema allows; texts stay short, numbers within reach."""
    top = schema if root is None else root
    if "$ref" in schema:
        return from_schema(top["$defs"][schema["$ref"].rsplit("/", 1)[1]], top)
    if "anyOf" in schema:
        return st.one_of(*(from_schema(one, top) for one in schema["anyOf"]))
    if "not" in schema:
        return st.nothing()
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema.get("type") == "object":
        properties = {name: from_schema(one, top) for name, one in schema.get("properties", {}).items()}
        needed = set(schema.get("required", ()))
        optional = {name: one for name, one in properties.items() if name not in needed}
        return st.fixed_dictionaries({name: properties[name] for name in properties if name in needed}, optional=optional)
    if schema.get("type") == "array":
        least = schema.get("minItems", 0)
        return st.lists(
            from_schema(schema.get("items", {}), top), min_size=least, max_size=min(schema.get("maxItems", least + 5), least + 12)
        )
    return _leaf(schema)


def _leaf(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    kind = schema.get("type")
    if kind == "integer":
        return st.integers(schema.get("minimum", -(10**6)), schema.get("maximum", 10**6))
    if kind == "number":
        return st.floats(allow_nan=False, allow_infinity=False)
    if kind == "string":
        if "pattern" in schema:
            return st.from_regex(schema["pattern"], fullmatch=True)
        least = schema.get("minLength", 0)
        return st.text(min_size=least, max_size=min(schema.get("maxLength", 40), 40))
    return {"null": st.none(), "boolean": st.booleans()}.get(str(kind), st.none())
