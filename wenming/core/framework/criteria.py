"""From plain rows to the criteria of an item: shapes, conditions and limits."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from wenming.core.framework.model import Condition, Criterion
from wenming.core.rows import Reader, Row, Tables
from wenming.core.rules import (
    AllOrNothingRule,
    ConditionsRule,
    ConditionTest,
    DeductionRule,
    DocumentsRule,
    GradeLimit,
    Limit,
    NumberRule,
    RatingRule,
    RatioRule,
    Rule,
    Shape,
    SitesRule,
    VetoRule,
)
from wenming.core.terms import Mark, Method, Op, Words

_ZERO = Decimal(0)
_SHARES = (Shape.SITES, Shape.DOCUMENTS)
_GRADED = (Shape.CONDITIONS, Shape.NUMBER, Shape.SITES, Shape.DOCUMENTS)
_WITH_CONDITIONS = (Shape.CONDITIONS, Shape.ALL_OR_NOTHING)
_NUMERIC = (Method.SURVEY, Method.STATISTIC)
AGGREGATES = ("mean", "max", "sum")


@dataclass(frozen=True, slots=True)
class CriterionRows:
    """The rows below the items: criteria by item, conditions and limits by item and criterion."""

    criteria: Mapping[str, Sequence[Row]]
    conditions: Mapping[tuple[str, str], Sequence[Row]]
    limits: Mapping[tuple[str, str], Sequence[Row]]

    @classmethod
    def of(cls, tables: Tables) -> "CriterionRows":
        """Sort the rows of the tables criteria, conditions and limits."""
        criteria: dict[str, list[Row]] = defaultdict(list)
        for row in tables.get("criteria", ()):
            criteria[row.text("item")].append(row)
        below: dict[str, dict[tuple[str, str], list[Row]]] = {}
        for table in ("conditions", "limits"):
            below[table] = defaultdict(list)
            for row in tables.get(table, ()):
                below[table][row.text("item"), row.text("criterion") or "1"].append(row)
        return cls(criteria, below["conditions"], below["limits"])


def build_criteria(
    reader: Reader,
    item: Row,
    rows: CriterionRows,
    grades: Sequence[str],
    points: Decimal | None,
) -> tuple[Criterion, ...]:
    """The criteria of one item, in order; an item without any is a mistake.

    Args:
        grades: keys of the scale, best first.
        points: of the item; a deduction is a share of them.
    """
    mine = rows.criteria.get(item.text("key"), ())
    if not mine and item.text("key"):
        reader.refuse("item_without_criterion", item.place, value=item.text("key"))
    built = []
    for n, row in enumerate(mine, start=1):
        at = (row.text("item"), row.text("n") or str(n))
        shape = reader.choice(row, "shape", Shape)
        if shape is None:
            continue
        parts = _Parts(
            reader, row, shape, rows.conditions.get(at, ()), rows.limits.get(at, ()), grades, points
        )
        built.append(parts.criterion(n))
    return tuple(built)


@dataclass(frozen=True, slots=True)
class _Parts:
    """One criterion's rows while it is built."""

    reader: Reader
    row: Row
    shape: Shape
    condition_rows: Sequence[Row]
    limit_rows: Sequence[Row]
    grades: Sequence[str]
    points: Decimal | None

    def criterion(self, n: int) -> Criterion:
        reader, row = self.reader, self.row
        method = reader.choice(row, "method", Method, Method.DOCUMENTS) or Method.DOCUMENTS
        conditions = tuple(
            self._condition(i, each, method) for i, each in enumerate(self.condition_rows, start=1)
        )
        if self.shape in _WITH_CONDITIONS and not conditions:
            reader.refuse("criterion_without_conditions", row.place, value=row.text("item"))
        if method is Method.INSPECTION and not row.text("site_types"):
            reader.refuse("cell_blank", row.at("site_types"), column="site_types")
        aggregate = row.text("aggregate") or "mean"
        if aggregate not in AGGREGATES:
            reader.refuse(
                "not_one_of",
                row.at("aggregate"),
                column="aggregate",
                value=aggregate,
                allowed=", ".join(AGGREGATES),
            )
        return Criterion(
            n=n,
            method=method,
            shape=self.shape,
            rule=self._rule(len(conditions)),
            unit=row.text("unit") or ("%" if self.shape in _SHARES else ""),
            conditions=conditions,
            site_types=reader.words(row, "site_types"),
            sample=reader.count(row, "sample", least=1),
            aggregate=aggregate,
            required=reader.count(row, "required", least=1) or 1,
        )

    def _condition(self, n: int, row: Row, default: Method) -> Condition:
        value = self.reader.decimal(row, "value")
        op = self.reader.choice(row, "op", Op, Op.AT_LEAST) if value is not None else None
        mark = self.reader.choice(row, "mark", Mark, Mark.INVENTED) or Mark.INVENTED
        method = self.reader.choice(row, "method", Method, default) or default
        if method in _NUMERIC and not row.text("value"):
            self.reader.refuse("condition_limit_needed", row.at("value"), method=method.value)
        return Condition(
            n=n,
            text=Words(self.reader.text(row, "text_zh"), row.text("text_en")),
            method=method,
            limit=Limit(op, value, mark) if op is not None and value is not None else None,
        )

    def _rule(self, size: int) -> Rule:
        if self.shape in _GRADED and not self.limit_rows:
            self.reader.refuse(
                "criterion_without_limits", self.row.place, value=self.row.text("item")
            )
        make: Mapping[Shape, Callable[[], Rule]] = {
            Shape.CONDITIONS: lambda: ConditionsRule(size, self._tests(size)),
            Shape.NUMBER: lambda: NumberRule(self._limits()),
            Shape.SITES: lambda: SitesRule(self._limits(), self.reader.words(self.row, "each_of")),
            Shape.RATIO: lambda: RatioRule(self._above_zero("full")),
            Shape.DEDUCTION: lambda: DeductionRule(
                self._above_zero("each"), self.points or Decimal(1)
            ),
            Shape.ALL_OR_NOTHING: lambda: AllOrNothingRule(size),
            Shape.VETO: VetoRule,
            Shape.RATING: lambda: RatingRule(
                self._above_zero("top"), self._limits(), self.reader.flag(self.row, "trimmed")
            ),
            Shape.DOCUMENTS: lambda: DocumentsRule(self._limits()),
        }
        return make[self.shape]()

    def _above_zero(self, column: str) -> Decimal:
        value = self.reader.decimal(self.row, column, least=_ZERO)
        if not value:
            self.reader.refuse("number_needed", self.row.at(column), column=column)
        return value or Decimal(1)

    def _by_grade(self) -> list[Row]:
        known = []
        for row in self.limit_rows:
            grade = self.reader.text(row, "grade")
            if grade not in self.grades:
                self.reader.refuse(
                    "not_one_of",
                    row.at("grade"),
                    column="grade",
                    value=grade,
                    allowed=", ".join(self.grades),
                )
                continue
            known.append(row)
        return sorted(known, key=lambda row: self.grades.index(row.text("grade")))

    def _limits(self) -> tuple[GradeLimit, ...]:
        limits = []
        for row in self._by_grade():
            op = self.reader.choice(row, "op", Op)
            value = self._limit_value(row)
            mark = self.reader.choice(row, "mark", Mark, Mark.INVENTED) or Mark.INVENTED
            if op is not None and value is not None:
                limits.append(GradeLimit(row.text("grade"), Limit(op, value, mark)))
        self._refuse_disorder(limits)
        return tuple(limits)

    def _limit_value(self, row: Row) -> Decimal | None:
        if not row.text("value"):
            self.reader.refuse("cell_blank", row.at("value"), column="value")
            return None
        most = Decimal(100) if self.shape in _SHARES else None
        return self.reader.decimal(row, "value", most=most, percent=True)

    def _refuse_disorder(self, limits: Sequence[GradeLimit]) -> None:
        for better, worse in pairwise(limits):
            rising = better.limit.op in (Op.ABOVE, Op.AT_LEAST)
            wrong = (
                better.limit.value < worse.limit.value
                if rising
                else better.limit.value > worse.limit.value
            )
            if wrong or rising != (worse.limit.op in (Op.ABOVE, Op.AT_LEAST)):
                self.reader.refuse(
                    "limits_out_of_order",
                    self.row.place,
                    value=self.row.text("item"),
                    better=better.grade,
                    worse=worse.grade,
                )

    def _tests(self, size: int) -> tuple[ConditionTest, ...]:
        tests = []
        for row in self._by_grade():
            numbers = self._condition_numbers(row, size)
            at_least = self.reader.count(row, "met", least=0) or 0
            if not numbers and not 1 <= at_least <= size:
                self.reader.refuse("met_out_of_range", row.at("met"), size=size)
            mark = self.reader.choice(row, "mark", Mark, Mark.INVENTED) or Mark.INVENTED
            tests.append(ConditionTest(row.text("grade"), at_least, numbers, mark))
        return tuple(tests)

    def _condition_numbers(self, row: Row, size: int) -> frozenset[int]:
        numbers = set()
        for word in self.reader.words(row, "all_of"):
            if not word.isdecimal() or not 1 <= int(word) <= size:
                self.reader.refuse("condition_unknown", row.at("all_of"), value=word, size=size)
                continue
            numbers.add(int(word))
        return frozenset(numbers)
