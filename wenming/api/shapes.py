"""Forms that several operations share: what may be given, how a page, words and refusals look."""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    Strict,
)
from pydantic import WithJsonSchema as Described
from pydantic_core import PydanticCustomError

from wenming.core.terms import Words

R = TypeVar("R", bound=BaseModel)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"^(199[0-9]|20[0-9][0-9])-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})$"
)
_FLAG = {"true": True, "false": False, True: True, False: False}
_ONE_LINE = r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"
_SOME_LINES = r"^[^\x00]*[^\s\x00-\x1f\x7f][^\x00]*$"


class Given(BaseModel):
    """What a caller sends: nothing but the names below, each of its own type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Asked(BaseModel):
    """What a caller asks for in the address."""

    model_config = ConfigDict(extra="forbid")


class Shown(BaseModel):
    """What a caller is shown."""

    model_config = ConfigDict(ser_json_timedelta="float")


def _day(value: object) -> object:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise PydanticCustomError("date_type", "a day is written as 2026-12-31")
    return value


def _moment(value: object) -> object:
    """A moment with its time zone, from 1990 to 2099, as the calendar can answer."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise PydanticCustomError("datetime_type", "a moment is written with its time zone")
    return value


def text_without_halves(value: object) -> object:
    """Refuse what the database cannot hold: half characters."""
    if isinstance(value, str) and any("\ud800" <= each <= "\udfff" for each in value):
        raise PydanticCustomError("string_pattern_mismatch", "half a character")
    return value


def _flag(value: object) -> object:
    if not isinstance(value, str | bool) or value not in _FLAG:
        raise PydanticCustomError("bool_type", "true or false")
    return _FLAG[value]


def as_whole(value: object) -> object:
    """A number without a fraction, even when it is written with a point, as JSON allows."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Day = Annotated[
    date, Strict(False), BeforeValidator(_day), Described({"type": "string", "format": "date"})
]
Moment = Annotated[
    datetime,
    Strict(False),
    BeforeValidator(_moment),
    Described({"type": "string", "format": "date-time", "pattern": _MOMENT.pattern}),
]
Whole = Annotated[int, Field(ge=0, le=2**31 - 1), BeforeValidator(as_whole)]
Count = Annotated[int, Field(ge=1, le=2**31 - 1), BeforeValidator(as_whole)]
Identity = Annotated[UUID, Strict(False)]
Flag = Annotated[bool, BeforeValidator(_flag), Described({"type": "boolean"})]
Name = Annotated[
    str,
    Field(min_length=1, max_length=200, pattern=_ONE_LINE),
    BeforeValidator(text_without_halves),
]
Line = Annotated[
    str, Field(max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$"), BeforeValidator(text_without_halves)
]
Key = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f/]+$")]
Reason = Annotated[
    str,
    Field(min_length=1, max_length=4000, pattern=_SOME_LINES),
    BeforeValidator(text_without_halves),
]
Number = Annotated[
    Decimal, PlainSerializer(_number, return_type=float), Described({"type": "number"})
]
"""A number of JSON: whole ones without a point, others exact to 15 digits."""


def offered(choices: Collection[str]) -> AfterValidator:
    """Refuses a text that is none of the choices, where they stand in a table elsewhere."""

    def among(value: str) -> str:
        if value not in choices:
            raise PydanticCustomError("enum", "not one of the choices")
        return value

    return AfterValidator(among)


class WordsShown(Shown):
    """A text in Chinese and, where there is one, in English."""

    zh: str
    en: str

    @classmethod
    def of(cls, words: Words | Mapping[str, str]) -> "WordsShown":
        """From words of the field."""
        if isinstance(words, Words):
            return cls(zh=words.zh, en=words.en)
        return cls(zh=words["zh"], en=words["en"])


class Named(Shown):
    """A row of another kind by its identity and name."""

    id: UUID
    name: str

    @classmethod
    def of(cls, row: Any) -> "Named | None":
        """From a row; None from none."""
        return None if row is None else cls(id=row.pk, name=str(row))


class Mistake(Shown):
    """One mistake of a request or a file."""

    where: str = Field(description="Place, as `body.name`, `query.size` or `file.xlsx [items!C7]`")
    code: str
    message: str


class Refusal(Shown):
    """Why something was refused: the same form everywhere."""

    code: str = Field(description="Never changes; for programs")
    message: str = Field(description="One sentence in the language of the request; for people")
    facts: dict[str, Any] = Field(default_factory=dict)
    problems: list[Mistake] | None = None


class Page(Shown, Generic[R]):
    """Some rows of a list."""

    rows: list[R]
    total: int = Field(description="Rows that fit the filters, over all pages")
    next: str | None = Field(description="Give it as `after` for the next page; null on the last")
