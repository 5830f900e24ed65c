"""Life cycles: every step is in its table or refused, every state is reached, ends are final."""

from itertools import product

import pytest

from wenming.core import lifecycle
from wenming.core.lifecycle import (
    DrawState,
    EditionState,
    FactsMissing,
    InstrumentState,
    Machine,
    ObjectionState,
    PlanState,
    RunState,
    SentFormState,
    SubmissionState,
    TransitionNotAllowed,
)


def described(machine: Machine) -> tuple[Machine, type, type]:
    """A machine with the enumerations of its states and of its actions."""
    step = next(iter(machine.steps.values()))
    return machine, type(step.source), type(step.action)


MACHINES = [described(each) for each in vars(lifecycle).values() if isinstance(each, Machine)]
FINAL = (
    EditionState.SUPERSEDED,
    PlanState.REPLACED,
    ObjectionState.UPHELD,
    ObjectionState.DISMISSED,
    ObjectionState.WITHDRAWN,
    RunState.CORRECTED,
    DrawState.REVEALED,
    InstrumentState.RETIRED,
    SentFormState.SETTLED,
    SubmissionState.WITHDRAWN,
)
EVERY_STEP = [
    (machine, state, action)
    for machine, states, actions in MACHINES
    for state, action in product(states, actions)
]


def needed(machine: Machine) -> set[str]:
    return {name for step in machine.steps.values() for name in step.needs}


@pytest.mark.parametrize(("machine", "state", "action"), EVERY_STEP)
def test_a_step_is_either_in_the_table_or_refused(
    machine: Machine, state: object, action: object
) -> None:
    if (state, action) in machine.steps:
        assert machine.step(state, action, given=needed(machine)).source == state
    else:
        with pytest.raises(TransitionNotAllowed):
            machine.step(state, action, given=needed(machine))


@pytest.mark.parametrize(("machine", "states", "actions"), MACHINES)
def test_every_state_can_be_reached_and_every_action_is_used(
    machine: Machine, states: type, actions: type
) -> None:
    first = next(iter(states))
    assert {first} | {step.target for step in machine.steps.values()} == set(states)
    assert {step.action for step in machine.steps.values()} == set(actions)


@pytest.mark.parametrize(("machine", "states", "actions"), MACHINES)
def test_only_final_states_have_no_way_on(machine: Machine, states: type, actions: type) -> None:
    del actions
    assert {state for state in states if not machine.actions(state)} == {
        state for state in FINAL if isinstance(state, states)
    }


@pytest.mark.parametrize(("machine", "states", "actions"), MACHINES)
def test_a_step_without_its_facts_is_refused_and_names_them(
    machine: Machine, states: type, actions: type
) -> None:
    del states, actions
    for step in machine.steps.values():
        for missing in step.needs:
            with pytest.raises(FactsMissing) as refused:
                machine.step(step.source, step.action, given=step.needs - {missing})
            assert refused.value.facts["missing"] == [missing]
