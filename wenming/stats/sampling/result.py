"""A finished draw: what was drawn, how likely each row was, and the columns for estimation."""

from dataclasses import dataclass
from fractions import Fraction

from wenming.stats.sampling.errors import DrawError

SELECTED = "selected"
REPLACEMENT = "replacement"
#: Added to the stratum of units taken for certain: for the estimate they are a stratum apart.
CERTAIN_SUFFIX = "/certain"


@dataclass(frozen=True, slots=True)
class Pick:
    """A row on the list of a draw (样本).

    Attributes:
        key: the row of the frame.
        stratum: its stratum (层).
        psu: its first-stage unit (初级抽样单元): its cluster, or the row itself.
        psu_order: place of the first-stage unit in its stratum, from 1; the reserve counts anew.
        order: place of the row in its cluster, or in its stratum where rows are drawn at once;
            from 1; the reserve counts anew.
        probability: its inclusion probability (入样概率), exact; None in the reserve, which
            takes the weight of what it stands in for.
        fractions: sampling fraction at each stage, for the variance; empty in the reserve.
        is_certain: whether its first-stage unit was taken for its size (必选单元).
    """

    key: str
    stratum: str
    psu: str
    psu_order: int
    order: int
    probability: Fraction | None = None
    fractions: tuple[Fraction, ...] = ()
    is_certain: bool = False

    @property
    def weight(self) -> Fraction | None:
        """How many rows of the frame it stands for (设计权数): 1 / probability."""
        return None if self.probability is None else 1 / self.probability

    def to_row(self, role: str) -> dict[str, str]:
        """The pick as a line of the published list.

        Args:
            role: `SELECTED` or `REPLACEMENT`.

        Returns:
            Columns role, stratum, psu, psu_order, order, key, probability and weight (both as
            exact fractions, empty in the reserve).

        Source:
            docs/methods/draws.md, section 6.
        """
        return {
            "role": role,
            "stratum": self.stratum,
            "psu": self.psu,
            "psu_order": str(self.psu_order),
            "order": str(self.order),
            "key": self.key,
            "probability": "" if self.probability is None else str(self.probability),
            "weight": "" if self.weight is None else str(self.weight),
        }


@dataclass(frozen=True, slots=True)
class StratumSize:
    """How many were drawn in a stratum (层).

    Attributes:
        stratum: its name.
        method: how it was drawn.
        available: first-stage units in the frame.
        drawn: first-stage units drawn.
    """

    stratum: str
    method: str
    available: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Draw:
    """A sealed draw (抽样). It does not hold the seed, so it can be kept before the release.

    Attributes:
        label: the label of the plan.
        frame_hash: SHA-256 of the frame's canonical bytes, 64 hexadecimal digits.
        plan_hash: SHA-256 of the plan's canonical bytes, 64 hexadecimal digits.
        commitment: what is published before (承诺值), 64 hexadecimal digits.
        strata: by name.
        selected: by stratum, then in the order of visits.
        replacements: the reserve, by stratum, in the order of use; in a draw of two stages
            first the reserve rows of drawn clusters, then the reserve clusters with their rows.
    """

    label: str
    frame_hash: str
    plan_hash: str
    commitment: str
    strata: tuple[StratumSize, ...]
    selected: tuple[Pick, ...]
    replacements: tuple[Pick, ...]

    def rows(self) -> list[dict[str, str]]:
        """The list to be published: the selected rows, then the reserve; see `Pick.to_row`.

        Source:
            docs/methods/draws.md, section 6.
        """
        chosen = [pick.to_row(SELECTED) for pick in self.selected]
        return chosen + [pick.to_row(REPLACEMENT) for pick in self.replacements]

    def to_json(self) -> dict[str, object]:
        """The draw as plain values for JSON; probabilities and weights are exact fractions.

        Source:
            docs/methods/draws.md, section 6.
        """
        return {
            "label": self.label,
            "frame": self.frame_hash,
            "plan": self.plan_hash,
            "commitment": self.commitment,
            "strata": [
                {
                    "stratum": size.stratum,
                    "method": size.method,
                    "available": size.available,
                    "drawn": size.drawn,
                }
                for size in self.strata
            ],
            "list": self.rows(),
        }

    def design_columns(self) -> dict[str, list[str]]:
        """What a design-based estimate must know about each selected row.

        Returns:
            Columns of equal length, one entry for each selected row, in its order: `key`,
            `stratum`, `psu`, `weight`, `fpc` and, in a draw of two stages, `fpc2`. Weights and
            fractions are the nearest doubles, written so that they are read back unchanged;
            `fpc` and `fpc2` are sampling fractions. Units taken for certain stand in a stratum
            of their own with the fraction 1.

        Source:
            docs/methods/draws.md, section 6.
        """
        stages = max(len(pick.fractions) for pick in self.selected)
        columns = {
            "key": [pick.key for pick in self.selected],
            "stratum": [
                pick.stratum + (CERTAIN_SUFFIX if pick.is_certain else "") for pick in self.selected
            ],
            "psu": [pick.psu for pick in self.selected],
            "weight": [repr(float(pick.weight or 0)) for pick in self.selected],
            "fpc": [repr(float(pick.fractions[0])) for pick in self.selected],
        }
        if stages > 1:
            columns["fpc2"] = [repr(float(pick.fractions[1])) for pick in self.selected]
        return columns


def stand_in(draw: Draw, *, stratum: str, psu: str | None = None, used: int) -> Pick:
    """The next row of a reserve (备选样本); it is used in order and never chosen.

    Args:
        stratum: where a row could not be visited.
        psu: its cluster in a draw of two stages; None where rows are drawn at once.
        used: how many rows of this reserve have been used already.

    Raises:
        DrawError: `no_replacement_left`.

    Source:
        docs/methods/draws.md, section 5, "Reserve".
    """
    reserve = [
        pick
        for pick in draw.replacements
        if pick.stratum == stratum and (psu is None or pick.psu == psu)
    ]
    if used >= len(reserve):
        raise DrawError("no_replacement_left", stratum=stratum, psu=psu, used=used)
    return reserve[used]
