"""Life cycles of questionnaires, of their answer sheets and of forms as sent (生命周期)."""

from enum import StrEnum

from wenming.core.lifecycle.machine import Machine, Step
from wenming.core.permissions import Capability


class InstrumentState(StrEnum):
    """Where a questionnaire stands (问卷状态)."""

    DRAFT = "draft"  # 草稿
    IN_USE = "in_use"  # 已启用
    RETIRED = "retired"  # 已停用


class InstrumentAction(StrEnum):
    """What can be done with a questionnaire."""

    USE = "use"  # 启用
    RETIRE = "retire"  # 停用


_EDIT = Capability.EDIT_QUESTIONNAIRE
INSTRUMENT = Machine(
    Step(InstrumentState.DRAFT, InstrumentAction.USE, InstrumentState.IN_USE, who=_EDIT),
    Step(InstrumentState.IN_USE, InstrumentAction.RETIRE, InstrumentState.RETIRED, who=_EDIT),
)


class SheetState(StrEnum):
    """Whether an answer sheet counts (答卷状态)."""

    RECEIVED = "received"  # 待审
    ACCEPTED = "accepted"  # 已采用
    SET_ASIDE = "set_aside"  # 已搁置


class SheetAction(StrEnum):
    """What can be done with an answer sheet."""

    ACCEPT = "accept"  # 采用
    SET_ASIDE = "set_aside"  # 搁置


_NEEDS = frozenset({"because"})
SHEET = Machine(
    Step(SheetState.RECEIVED, SheetAction.ACCEPT, SheetState.ACCEPTED, who=_EDIT),
    Step(SheetState.SET_ASIDE, SheetAction.ACCEPT, SheetState.ACCEPTED, who=_EDIT),
    Step(SheetState.RECEIVED, SheetAction.SET_ASIDE, SheetState.SET_ASIDE, who=_EDIT, needs=_NEEDS),
    Step(SheetState.ACCEPTED, SheetAction.SET_ASIDE, SheetState.SET_ASIDE, who=_EDIT, needs=_NEEDS),
)


class SentFormState(StrEnum):
    """Whether somebody looked at a form that was not taken in (未接收表单状态)."""

    OPEN = "open"  # 待处理
    SETTLED = "settled"  # 已处理


class SentFormAction(StrEnum):
    """What can be done with a form that was not taken in."""

    SETTLE = "settle"  # 处理


SENT_FORM = Machine(
    Step(
        SentFormState.OPEN,
        SentFormAction.SETTLE,
        SentFormState.SETTLED,
        who=Capability.MANAGE_ROUNDS,
        needs=_NEEDS,
    ),
)
