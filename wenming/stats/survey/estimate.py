"""Estimates from a sample: means, totals, ratios and shares, for everybody or a domain."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from wenming.stats.survey.design import Design
from wenming.stats.survey.errors import ColumnsOfUnequalLength, NotAShare, NothingAnswered
from wenming.stats.survey.result import DEFAULT, Estimate, Linear, Options, finish
from wenming.stats.survey.sums import Column, Flags, Floats, encode, numbers, total
from wenming.stats.survey.variance import covariance


def estimate_mean(
    design: Design, y: Column, *, domain: Flags | None = None, options: Options = DEFAULT
) -> Estimate:
    """The mean of the answers in the population (均值).

    Args:
        y: one answer per row of the design; NaN where there is none.
        domain: which rows belong to the domain, one flag per row; None is everybody.

    Returns:
        The mean of those who would answer, with its interval.

    Raises:
        ColumnsOfUnequalLength: `y` or `domain` is not as long as the design.
        NothingAnswered: no answer of positive weight in the domain.

    Source:
        docs/methods/estimation.md, section 2.
    """
    return finish(design, _mean(design, y, domain), options)


def estimate_total(
    design: Design, y: Column, *, domain: Flags | None = None, options: Options = DEFAULT
) -> Estimate:
    """The total of the answers in the population (总量); missing answers add nothing.

    Args, Raises, Source: as `estimate_mean`.

    Returns:
        The total, with its interval.
    """
    values, inside = _answered(design, [y], domain)
    value = total((design.weights * values[0])[inside])
    return finish(design, Linear(value, np.where(inside, values[0], 0.0), inside), options)


def estimate_ratio(
    design: Design,
    numerator: Column,
    denominator: Column,
    *,
    domain: Flags | None = None,
    options: Options = DEFAULT,
) -> Estimate:
    """The ratio of two totals (比率), over the rows that answered both.

    Args:
        numerator, denominator: one number per row; NaN where there is none.
        domain: as for `estimate_mean`.

    Returns:
        The ratio, with its interval.

    Raises:
        ColumnsOfUnequalLength, NothingAnswered: as for `estimate_mean`; also when the
            denominator sums to 0.

    Source:
        docs/methods/estimation.md, section 2.
    """
    (top, bottom), inside = _answered(design, [numerator, denominator], domain)
    below = total((design.weights * bottom)[inside])
    if below == 0:
        raise NothingAnswered(what="denominator")
    value = total((design.weights * top)[inside]) / below
    scores = np.where(inside, (top - value * bottom) / below, 0.0)
    return finish(design, Linear(value, scores, inside), options)


def estimate_share(
    design: Design, y: Column, *, domain: Flags | None = None, options: Options = DEFAULT
) -> Estimate:
    """The share of the population that would answer yes (比例).

    Args:
        y: 1 for yes, 0 for no, NaN where there is no answer; one per row.
        domain: as for `estimate_mean`.

    Returns:
        The share, with an interval that stays between 0 and 1 and has a width at 0 and at 1.

    Raises:
        NotAShare: an answer is neither 0 nor 1.
        ColumnsOfUnequalLength, NothingAnswered: as for `estimate_mean`.

    Source:
        docs/methods/estimation.md, sections 2 and 4.
    """
    return finish(design, _share(design, y, domain), options)


def estimate_levels(
    design: Design, labels: Column, *, domain: Flags | None = None, options: Options = DEFAULT
) -> dict[str, Estimate]:
    """The share of each level of a question with several answers.

    Args:
        labels: the answer of each row, as a word; "" where there is none.
        domain: as for `estimate_mean`.

    Returns:
        A share for each level that occurs in the design, in the order of levels; inside one
        domain they add up to 1.

    Raises:
        ColumnsOfUnequalLength, NothingAnswered: as for `estimate_mean`.
    """
    names, codes = encode(labels, name="labels", rows=design.rows)
    missing = names.index("") if "" in names else -1
    answers = {
        name: np.where(codes == missing, np.nan, codes == code)
        for code, name in enumerate(names)
        if code != missing
    }
    return {
        name: estimate_share(design, y, domain=domain, options=options)
        for name, y in answers.items()
    }


def estimate_mean_of(
    design: Design,
    shares: Sequence[Column],
    *,
    domain: Flags | None = None,
    options: Options = DEFAULT,
) -> Estimate:
    """The plain mean of several shares, as one figure with one interval.

    The shares come from the same people, so their covariance is counted.

    Args:
        shares: at least one question of 0, 1 and NaN, one answer per row each; every question
            keeps its own base.
        domain: as for `estimate_mean`.

    Returns:
        The mean of the shares. `n` is the smallest number of answers to one of them, and caps
        the effective size; `base` is the weight of those who answered any.

    Raises:
        NotAShare, ColumnsOfUnequalLength, NothingAnswered: as for `estimate_share`.

    Source:
        docs/methods/estimation.md, section 5.
    """
    if len(shares) == 0:
        raise NothingAnswered(what="shares")
    parts = [_share(design, y, domain) for y in shares]
    combined = Linear(
        value=total(np.array([part.value for part in parts])) / len(parts),
        scores=np.asarray(sum(part.scores for part in parts)) / len(parts),
        inside=np.logical_or.reduce([part.inside for part in parts]),
        is_share=True,
    )
    fewest = min(int(np.count_nonzero(part.inside)) for part in parts)
    return finish(design, combined, options, answers=fewest)


def covariance_of_means(
    design: Design, ys: Sequence[Column], *, domain: Flags | None = None, options: Options = DEFAULT
) -> Floats:
    """The covariance matrix of the means of several questions.

    Args:
        ys: one column of answers per question, NaN where there is none.
        domain: as for `estimate_mean`.

    Returns:
        Shape (questions, questions), in the product of their units.

    Raises:
        ColumnsOfUnequalLength, NothingAnswered: as for `estimate_mean`.
    """
    parts = [_mean(design, y, domain) for y in ys]
    scores = np.column_stack([part.scores for part in parts])
    inside = np.logical_or.reduce([part.inside for part in parts])
    return covariance(design, scores, inside=inside, domain_lonely=options.domain_lonely).matrix


def _answered(
    design: Design, columns: Sequence[Column], domain: Flags | None
) -> tuple[list[Floats], Flags]:
    values = [numbers(column, name="y", rows=design.rows) for column in columns]
    inside = design.weights > 0
    if domain is not None:
        mask = np.asarray(domain)
        if mask.shape != (design.rows,) or mask.dtype != np.bool_:
            raise ColumnsOfUnequalLength(column="domain", rows=design.rows, found=mask.shape)
        inside = inside & mask
    for column in values:
        inside = inside & ~np.isnan(column)
    if not inside.any():
        raise NothingAnswered(what="y")
    return [np.where(inside, column, 0.0) for column in values], inside


def _mean(design: Design, y: Column, domain: Flags | None) -> Linear:
    (values,), inside = _answered(design, [y], domain)
    base = total(design.weights[inside])
    rounded = total((design.weights * values)[inside]) / base
    value = min(max(rounded, float(values[inside].min())), float(values[inside].max()))
    return Linear(value, np.where(inside, (values - value) / base, 0.0), inside)


def _share(design: Design, y: Column, domain: Flags | None) -> Linear:
    mean = _mean(design, y, domain)
    answers = numbers(y, name="y")[mean.inside]
    if not np.isin(answers, (0.0, 1.0)).all():
        raise NotAShare(found=float(answers[~np.isin(answers, (0.0, 1.0))][0]))
    return replace(mean, is_share=True)
