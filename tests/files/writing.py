"""Small files to read, and what reading them refuses."""

from collections.abc import Callable
from pathlib import Path

import pytest

from wenming.core.errors import BadInput, Problem

EDITION = """\
schema: wenming-edition/1
key: small
title: {zh: 小体系, en: Small edition}
note: {zh: "第一行\\n第二行", en: "yes: no"}
met: A
fallback: C
points: {basic: 100, distinctive: 20}
partial: true
grades:
  A: {coefficient: 1, mark: typical}
  B: {coefficient: 0.60, mark: invented}
  C: {coefficient: 0, mark: invented}
sites: {pass_share: 0.8, condition_share: 0.75, weights: {critical: 3, major: 2, minor: 1}}
official: {respondents: 1200, deff: 1.50, mark: public}
tiers: {west: {zh: 西部城市, en: western cities}}
groups: {宣教: {zh: 宣传教育组（文明办）, en: publicity}}
sources: {W01: "https://example.org/a?b=1#c", W02: 公开讲话}
gates:
  - {key: PC1, kind: precondition, title: {zh: 称号}, mark: public}
  - {key: PC7, kind: minors, title: {zh: 未成年人}, op: ">=", value: 85, item: "1.10"}
dimensions:
  - key: D1
    part: basic
    title: {zh: 项目, en: "A: dimension"}
    points: 9.50
    indicators:
      - key: I1
        ordinal: II-1
        title: {zh: 指标}
        items:
          - key: "1.10"
            title: {zh: 条件}
            points: 1.00
            points_mark: public
            group: 宣教
            sources: [W01, W02]
            note: {zh: "=1+1", en: "- not a list"}
            shifted_tiers: [west]
            criteria:
              - shape: conditions
                method: inspection
                site_types: [main_road, hospital]
                conditions:
                  - {zh: 有计划, en: a plan, method: documents}
                  - {zh: "true", method: survey, op: ">", value: 80, mark: public}
                  - {zh: "~"}
                grades:
                  A: {met: 3, mark: public}
                  B: {all_of: [1, 3]}
              - {shape: veto, method: statistic}
          - key: "1.1"
            title: {zh: 数}
            points: 2
            criteria:
              - shape: number
                method: statistic
                unit: 人/万台车
                grades: {A: {op: "<", value: 10.0}}
              - shape: number
                method: inspection
                unit: 分钟
                aggregate: max
                site_types: [hospital]
                sample: 2
                grades: {A: {op: "<=", value: 5}, B: {op: "<=", value: 10}}
          - key: ratios
            title: {zh: 比例}
            criteria:
              - {shape: ratio, method: statistic, full: 4.0}
              - {shape: deduction, method: inspection, each: 0.4, site_types: [bus]}
              - {shape: rating, method: briefing, top: 100, trimmed: true}
              - {shape: rating, method: overall, top: 10, grades: {A: {op: ">=", value: 9}}}
              - shape: documents
                method: documents
                required: 4
                grades: {A: {op: ">=", value: 75}}
              - {shape: all_or_nothing, method: documents, conditions: [{zh: 齐全}]}
              - shape: sites
                method: inspection
                site_types: [street_office, community]
                each_of: [street_office, community]
                grades: {A: {op: ">=", value: 100, mark: typical}}
"""
"""An edition in which every shape and every optional key occurs."""


def write(path: Path, content: str | bytes) -> Path:
    """Write a small file and give its path back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refused(read: Callable[[], object]) -> tuple[Problem, ...]:
    """The problems that reading raises."""
    with pytest.raises(BadInput) as caught:
        read()
    return caught.value.problems


def only(problems: tuple[Problem, ...]) -> Problem:
    """The one problem that there is."""
    assert len(problems) == 1, problems
    return problems[0]
