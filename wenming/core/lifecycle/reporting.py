"""Life cycles of documents that are handed in and of figures that are entered (生命周期)."""

from enum import StrEnum

from wenming.core.lifecycle.machine import Machine, Step
from wenming.core.permissions import Capability


class SubmissionState(StrEnum):
    """Where a document that was handed in stands (材料状态)."""

    HANDED_IN = "handed_in"  # 待初审
    PASSED = "passed"  # 待终审
    RETURNED = "returned"  # 已退回
    ACCEPTED = "accepted"  # 通过
    REJECTED = "rejected"  # 不通过
    WITHDRAWN = "withdrawn"  # 已撤回


class SubmissionAction(StrEnum):
    """What can be done with a document that was handed in."""

    HAND_IN = "hand_in"  # 报送; also again, after it was returned
    PASS_ON = "pass_on"  # 初审通过
    SEND_BACK = "send_back"  # 退回
    ACCEPT = "accept"  # 终审通过
    REJECT = "reject"  # 终审不通过
    REOPEN = "reopen"  # 重新审定
    WITHDRAW = "withdraw"  # 撤回


_WITH_REASON = frozenset({"reason"})

SUBMISSION = Machine(
    Step(
        SubmissionState.HANDED_IN,
        SubmissionAction.PASS_ON,
        SubmissionState.PASSED,
        who=Capability.REVIEW_DOCUMENT,
    ),
    Step(
        SubmissionState.HANDED_IN,
        SubmissionAction.SEND_BACK,
        SubmissionState.RETURNED,
        who=Capability.REVIEW_DOCUMENT,
        needs=_WITH_REASON,
    ),
    Step(
        SubmissionState.HANDED_IN,
        SubmissionAction.WITHDRAW,
        SubmissionState.WITHDRAWN,
        who=Capability.SUBMIT_DOCUMENT,
    ),
    Step(
        SubmissionState.RETURNED,
        SubmissionAction.HAND_IN,
        SubmissionState.HANDED_IN,
        who=Capability.SUBMIT_DOCUMENT,
    ),
    Step(
        SubmissionState.RETURNED,
        SubmissionAction.WITHDRAW,
        SubmissionState.WITHDRAWN,
        who=Capability.SUBMIT_DOCUMENT,
    ),
    Step(
        SubmissionState.PASSED,
        SubmissionAction.ACCEPT,
        SubmissionState.ACCEPTED,
        who=Capability.DECIDE_DOCUMENT,
    ),
    Step(
        SubmissionState.PASSED,
        SubmissionAction.REJECT,
        SubmissionState.REJECTED,
        who=Capability.DECIDE_DOCUMENT,
        needs=_WITH_REASON,
    ),
    Step(
        SubmissionState.PASSED,
        SubmissionAction.SEND_BACK,
        SubmissionState.RETURNED,
        who=Capability.DECIDE_DOCUMENT,
        needs=_WITH_REASON,
    ),
    Step(
        SubmissionState.ACCEPTED,
        SubmissionAction.REOPEN,
        SubmissionState.PASSED,
        who=Capability.DECIDE_DOCUMENT,
        needs=_WITH_REASON,
    ),
    Step(
        SubmissionState.REJECTED,
        SubmissionAction.REOPEN,
        SubmissionState.PASSED,
        who=Capability.DECIDE_DOCUMENT,
        needs=_WITH_REASON,
    ),
)


class EntryState(StrEnum):
    """Where a figure that was entered stands (数据状态)."""

    ENTERED = "entered"  # 待复核
    CONFIRMED = "confirmed"  # 已复核
    RETURNED = "returned"  # 已退回


class EntryAction(StrEnum):
    """What can be done with a figure that was entered."""

    CONFIRM = "confirm"  # 复核确认
    SEND_BACK = "send_back"  # 退回
    ENTER = "enter"  # 重新填报
    REOPEN = "reopen"  # 撤销复核


ENTRY = Machine(
    Step(
        EntryState.ENTERED,
        EntryAction.CONFIRM,
        EntryState.CONFIRMED,
        who=Capability.CONFIRM_STATISTIC,
    ),
    Step(
        EntryState.ENTERED,
        EntryAction.SEND_BACK,
        EntryState.RETURNED,
        who=Capability.CONFIRM_STATISTIC,
        needs=_WITH_REASON,
    ),
    Step(
        EntryState.ENTERED,
        EntryAction.ENTER,
        EntryState.ENTERED,
        who=Capability.ENTER_STATISTIC,
    ),
    Step(
        EntryState.RETURNED,
        EntryAction.ENTER,
        EntryState.ENTERED,
        who=Capability.ENTER_STATISTIC,
    ),
    Step(
        EntryState.CONFIRMED,
        EntryAction.REOPEN,
        EntryState.RETURNED,
        who=Capability.CONFIRM_STATISTIC,
        needs=_WITH_REASON,
    ),
)
