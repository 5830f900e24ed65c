"""What a survey estimate refuses, as coded facts."""

from wenming.core.errors import DomainError


class SurveyError(DomainError):
    """A design, a domain or an answer cannot be estimated from."""

    code = "survey_error"


class DesignWithoutRows(SurveyError):
    """No column was given, or the columns hold no row."""

    code = "design_without_rows"


class ColumnsOfUnequalLength(SurveyError):
    """A column has another number of rows than the design."""

    code = "columns_of_unequal_length"


class DesignValueMissing(SurveyError):
    """A stratum, cluster, weight or population size is missing in some row."""

    code = "design_value_missing"


class BadWeight(SurveyError):
    """A weight is negative or not finite, or all of them are 0."""

    code = "bad_weight"


class BadPopulation(SurveyError):
    """A population size is below the sample, varies in a stratum, or mixes sizes and fractions."""

    code = "bad_population"


class UnknownPolicy(SurveyError):
    """A policy for lonely units, or a kind of interval, has a name we do not know."""

    code = "unknown_policy"


class LonelyUnit(SurveyError):
    """A stratum has only one sampling unit, and the policy is to stop there."""

    code = "lonely_unit"


class NothingAnswered(SurveyError):
    """Nobody inside the domain answered."""

    code = "nothing_answered"


class NotAShare(SurveyError):
    """A share needs answers of 0 and 1 only."""

    code = "not_a_share"


class BadTotals(SurveyError):
    """Population totals name other groups than the sample, or cannot be reached."""

    code = "bad_totals"
