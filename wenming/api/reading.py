"""The description of the interface as people read it: operations by subject, and the forms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]
FORMS = "#/components/schemas/"
METHODS = ("get", "post", "put", "patch", "delete")
CHINESE = "x-summary-zh"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is: `text` as it stands, and the form that it leads to, if any."""

    text: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One named value of a request or a form."""

    name: str
    place: str
    kinds: tuple[Kind, ...]
    is_needed: bool
    said: str


@dataclass(frozen=True, slots=True)
class Told:
    """One operation.

    Attributes:
        said: in English, what it does; `zh` the same in Chinese.
        takes: the form of what is sent, blank for none; `shows` of the answer.
    """

    key: str
    method: str
    path: str
    said: str
    more: str
    zh: str
    needs: str
    parts: tuple[Part, ...]
    takes: tuple[Kind, ...]
    shows: tuple[Kind, ...]
    status: str


@dataclass(frozen=True, slots=True)
class Subject:
    """The operations of one subject, by its names."""

    en: str
    zh: str
    operations: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form that requests or answers have."""

    name: str
    said: str
    parts: tuple[Part, ...]


def subjects_of(described: Schema) -> list[Subject]:
    """The operations (接口操作) of an OpenAPI description, subject by subject in its order."""
    found: dict[str, list[Told]] = {}
    for path, methods in described["paths"].items():
        for method in METHODS:
            if method in methods:
                (tag,) = methods[method]["tags"]
                found.setdefault(tag, []).append(_told(described, path, method, methods[method]))
    return [_subject(tag, operations) for tag, operations in found.items()]


def forms_of(described: Schema) -> list[Form]:
    """The forms (数据格式) of an OpenAPI description by name; lists of codes stand where used."""
    forms = described["components"]["schemas"]
    return [
        Form(name, form.get("description", ""), tuple(_parts(described, form)))
        for name, form in sorted(forms.items())
        if "properties" in form
    ]


def _subject(tag: str, operations: list[Told]) -> Subject:
    start = next((n for n, sign in enumerate(tag) if ord(sign) > 0x2E7F), len(tag))
    return Subject(tag[:start].strip(), tag[start:].strip() or tag, tuple(operations))


def _told(described: Schema, path: str, method: str, operation: Schema) -> Told:
    status, answer = next(iter(operation["responses"].items()))
    sent = operation.get("requestBody", {})
    return Told(
        key=operation["operationId"],
        method=method.upper(),
        path=path,
        said=operation["summary"],
        more=_more(operation),
        zh=operation[CHINESE],
        needs=operation["x-capability"],
        parts=tuple(_parameters(described, operation)),
        takes=tuple(_content(described, sent)),
        shows=tuple(_content(described, answer)),
        status=str(status),
    )


def _more(operation: Schema) -> str:
    """What the description says beyond summary, Chinese and capability."""
    first: str = operation["description"].partition("\n\n")[0]
    return "" if first == operation[CHINESE] else first


def _parameters(described: Schema, operation: Schema) -> Iterator[Part]:
    for each in operation.get("parameters", ()):
        yield Part(
            each["name"],
            each["in"],
            tuple(_kinds(described, each["schema"])),
            is_needed=each.get("required", False),
            said=each.get("description", ""),
        )


def _parts(described: Schema, form: Schema) -> Iterator[Part]:
    needed = form.get("required", ())
    for name, schema in form.get("properties", {}).items():
        kinds = tuple(_kinds(described, schema))
        yield Part(name, "", kinds, is_needed=name in needed, said=schema.get("description", ""))


def _content(described: Schema, body: Schema) -> Iterator[Kind]:
    for media, each in body.get("content", {}).items():
        if media == "multipart/form-data":
            yield Kind(media + ": " + ", ".join(each["schema"].get("properties", {})))
        elif each.get("schema"):
            yield from _kinds(described, each["schema"])
        else:
            yield Kind(media)


def _kinds(described: Schema, schema: Schema, *, several: str = "") -> Iterator[Kind]:
    """What a value may be; of lists each with `[]`."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(FORMS)
        named = described["components"]["schemas"][name]
        if "properties" in named:
            yield Kind(name + several, name)
        else:
            yield from _kinds(described, named, several=several)
    elif either := schema.get("anyOf") or schema.get("allOf") or schema.get("oneOf"):
        for each in either:
            yield from _kinds(described, each, several=several)
    elif "enum" in schema:
        yield from (Kind(f'"{each}"{several}') for each in schema["enum"])
    elif schema.get("type") == "array":
        yield from _kinds(described, schema.get("items", {}), several=several + "[]")
    else:
        yield Kind((schema.get("format") or schema.get("type") or "any") + several)
