"""A life cycle (生命周期) as a table of steps that a clerk could read aloud."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wenming.core.errors import DomainError
from wenming.core.permissions import Capability


class TransitionNotAllowed(DomainError):
    """The step does not start from the state in which the row is."""

    code = "transition_not_allowed"


class FactsMissing(DomainError):
    """A step lacks facts that must be written down with it."""

    code = "facts_missing"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a life cycle (流转): from where, by which action, to where.

    Attributes:
        who: the capability that the acting person needs on the row.
        needs: names of the facts without which the step is refused.
    """

    source: StrEnum
    action: StrEnum
    target: StrEnum
    who: Capability
    needs: frozenset[str] = field(default_factory=frozenset)


class Machine:
    """The life cycle (生命周期) of one kind of row."""

    def __init__(self, *steps: Step) -> None:
        self.steps: Mapping[tuple[StrEnum, StrEnum], Step] = {
            (step.source, step.action): step for step in steps
        }

    def step(self, state: str, action: StrEnum, *, given: Iterable[str] = ()) -> Step:
        """The step that an action takes from a state.

        Args:
            given: names of the facts at hand; a fact that is None or blank does not count.

        Raises:
            TransitionNotAllowed: the action does not start from this state.
            FactsMissing: a fact that the step needs is not given.
        """
        found = next(
            (s for (source, does), s in self.steps.items() if source == state and does == action),
            None,
        )
        if found is None:
            raise TransitionNotAllowed(state=str(state), action=str(action))
        missing = sorted(found.needs - set(given))
        if missing:
            raise FactsMissing(action=str(action), missing=missing)
        return found

    def actions(self, state: str) -> list[StrEnum]:
        """The actions that start from a state, in the order of the table."""
        return [step.action for step in self.steps.values() if step.source == state]
