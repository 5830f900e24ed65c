"""Answer sheets of an invented household survey: counties, then communities, then households."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from wenming.demo.city import COUNTIES
from wenming.demo.dice import Dice
from wenming.demo.questions import DO_NOT_KNOW, Asked, columns

HOUSEHOLDS = 20
"""Households interviewed in each community drawn."""

# County: communities in all, communities drawn.
_COMMUNITIES = {"中心区": (164, 42), "新区": (96, 26), "开发区": (61, 18), "港区": (47, 14)}
_AGES = ("18-29", "30-44", "45-59", "60+")
_BLANK = 0.012
_NOT_KNOWN = 0.018
_PERSON = 0.5

# Residents of these counties are a little more or less content, on the logit scale.
_MOOD = dict(zip(COUNTIES, (0.05, 0.15, -0.05, -0.25), strict=True))


@dataclass(frozen=True, slots=True)
class _Community:
    county: str
    key: str
    households: int
    moods: tuple[float, ...]


def header() -> tuple[str, ...]:
    """The columns of the answer table."""
    return (
        "sheet", "county", "community", "household", "communities_total", "households_total",
        "weight", "sex", "age_group", *(name for name, _ in columns()),
    )  # fmt: skip


def sheets(seed: int) -> Iterator[tuple[str, ...]]:
    """2,000 answer sheets, 20 in each of 100 communities."""
    asked = [question for _, question in columns()]
    n = 0
    for county in COUNTIES:
        total, drawn = _COMMUNITIES[county]
        for community in _communities(county, drawn, len(asked), seed):
            dice = Dice(seed, f"sheets/{community.key}")
            for household in range(1, HOUSEHOLDS + 1):
                n += 1
                yield (
                    f"A{n:04d}",
                    county,
                    community.key,
                    f"{community.key}-{household:02d}",
                    str(total),
                    str(community.households),
                    _weight(community, total, drawn),
                    dice.one_of(("男", "女")),
                    dice.one_of(_AGES),
                    *_answers(dice, community, asked),
                )


def communities(seed: int) -> Iterator[tuple[str, str, int]]:
    """All communities: county, name, households."""
    for county in COUNTIES:
        dice = Dice(seed, f"frame/{county}")
        for n in range(1, _COMMUNITIES[county][0] + 1):
            yield (
                county,
                f"{county}{n:02d}社区",
                max(dice.number(700, 4200), dice.number(700, 4200)),
            )


def interview(county: str, community: str, household: int, *, seed: int) -> dict[str, str]:
    """What one household of a community answers, by column; "" for no answer."""
    asked = [question for _, question in columns()]
    moods = Dice(seed, f"moods/{community}")
    there = _Community(county, community, 0, tuple(moods.bell() for _ in asked))
    dice = Dice(seed, f"interview/{community}/{household}")
    names = (name for name, _ in columns())
    return dict(zip(names, _answers(dice, there, asked), strict=True))


def _communities(county: str, drawn: int, questions: int, seed: int) -> Iterator[_Community]:
    """Communities drawn with larger ones more likely: the larger of two sizes is kept."""
    dice = Dice(seed, f"communities/{county}")
    for n in range(1, drawn + 1):
        sizes = (dice.number(700, 4200), dice.number(700, 4200))
        yield _Community(
            county=county,
            key=f"{county}{n:02d}社区",
            households=max(sizes),
            moods=tuple(dice.bell() for _ in range(questions)),
        )


def _weight(community: _Community, total: int, drawn: int) -> str:
    """Communities over those drawn, times households over those interviewed."""
    return f"{total / drawn * community.households / HOUSEHOLDS:.4f}"


def _answers(dice: Dice, community: _Community, asked: list[Asked]) -> Iterator[str]:
    person = dice.bell()
    for question, mood in zip(asked, community.moods, strict=True):
        drawn = dice.share()
        if drawn < _BLANK:
            yield ""
        elif drawn < _BLANK + _NOT_KNOWN:
            yield DO_NOT_KNOW
        else:
            yield _answer(dice, question, _MOOD[community.county] + question.spread * mood, person)


def _answer(dice: Dice, question: Asked, mood: float, person: float) -> str:
    """Yes or no from a logit; the factor keeps the mean of all residents near its percentage."""
    spread = math.sqrt(1 + 0.35 * (question.spread**2 + _PERSON**2))
    middle = spread * math.log(question.percent / (100 - question.percent))
    chance = 1 / (1 + math.exp(-(middle + mood + _PERSON * person)))
    if not dice.happens(chance):
        return question.no
    return dice.one_of(question.yes)
