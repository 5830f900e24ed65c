"""Who may do what: every kind of post (岗位), its capabilities, and how far each of them reaches.

This table is the only one. `wenming.base.access` asks it for pages and rows, `core.lifecycle`
names the capability of each step. What a post is not given here, it may not do.
"""

from collections.abc import Mapping
from enum import StrEnum


class PostKind(StrEnum):
    """What a person is in a city (岗位)."""

    OFFICE = "office"  # 创城办
    GROUP_LEAD = "group_lead"  # 工作组负责人
    UNIT = "unit"  # 责任单位
    INSPECTOR = "inspector"  # 测评员·督查员
    REVIEWER = "reviewer"  # 材料审核员
    INTERVIEWER = "interviewer"  # 调查员
    LEADER = "leader"  # 市领导
    ASSESSOR = "assessor"  # 省级测评
    SYSTEM_ADMINISTRATOR = "system_administrator"  # 系统管理员
    SECURITY_ADMINISTRATOR = "security_administrator"  # 安全管理员
    AUDIT_ADMINISTRATOR = "audit_administrator"  # 审计管理员


class Scope(StrEnum):
    """How far a capability reaches (权限范围)."""

    CITY = "city"  # every row of the city
    GROUP = "group"  # rows of one working group
    UNIT = "unit"  # rows of one unit and of all below it
    AREA = "area"  # the same, and what lies in the area of a county, street or community
    OWN = "own"  # rows that belong to the person


class Capability(StrEnum):
    """One thing that a person may be allowed to do (权限)."""

    USE_DESK = "use_desk"
    USE_API = "use_api"
    USE_PHONE = "use_phone"
    VIEW_ORGANISATION = "view_organisation"
    EDIT_ORGANISATION = "edit_organisation"
    VIEW_PEOPLE = "view_people"
    EDIT_PEOPLE = "edit_people"
    GRANT_POSTS = "grant_posts"
    UNLOCK_ACCOUNTS = "unlock_accounts"
    VIEW_AUDIT = "view_audit"
    OPERATE = "operate"
    VIEW_FRAMEWORK = "view_framework"
    EDIT_FRAMEWORK = "edit_framework"
    VIEW_RESPONSIBILITIES = "view_responsibilities"
    ASSIGN_RESPONSIBILITIES = "assign_responsibilities"
    OBJECT = "object"
    ARBITRATE = "arbitrate"
    VIEW_RUNS = "view_runs"
    VIEW_SCORE = "view_score"
    VIEW_RESULTS = "view_results"
    VIEW_EVIDENCE = "view_evidence"
    VIEW_FIGURES = "view_figures"
    RUN_SCORING = "run_scoring"
    FREEZE_RUN = "freeze_run"
    VERIFY_RESULTS = "verify_results"
    EDIT_FIGURES = "edit_figures"
    SETTLE_FINDING = "settle_finding"
    VIEW_COLLECTION = "view_collection"
    MANAGE_ROUNDS = "manage_rounds"
    EDIT_REGISTER = "edit_register"
    DRAW = "draw"
    VIEW_DRAW = "view_draw"
    VIEW_VISITS = "view_visits"
    INSPECT = "inspect"
    RATE = "rate"
    EDIT_QUESTIONNAIRE = "edit_questionnaire"
    VIEW_SHEETS = "view_sheets"
    INTERVIEW = "interview"
    VIEW_DOCUMENTS = "view_documents"
    SUBMIT_DOCUMENT = "submit_document"
    REVIEW_DOCUMENT = "review_document"
    DECIDE_DOCUMENT = "decide_document"
    VIEW_STATISTICS = "view_statistics"
    ENTER_STATISTIC = "enter_statistic"
    CONFIRM_STATISTIC = "confirm_statistic"


C, S = Capability, Scope
Grants = Mapping[Capability, Scope]

_EVERYBODY: Grants = {C.USE_DESK: S.OWN, C.USE_API: S.OWN}

_WHOLE_CITY: Grants = dict.fromkeys(
    [
        C.VIEW_ORGANISATION,
        C.VIEW_FRAMEWORK,
        C.VIEW_RESPONSIBILITIES,
        C.VIEW_RUNS,
        C.VIEW_SCORE,
        C.VIEW_RESULTS,
        C.VIEW_EVIDENCE,
        C.VIEW_FIGURES,
        C.VIEW_COLLECTION,
        C.VIEW_VISITS,
        C.VIEW_DOCUMENTS,
        C.VIEW_STATISTICS,
    ],
    S.CITY,
)

_ROUND_WORK: Grants = {
    **dict.fromkeys(
        [
            C.MANAGE_ROUNDS,
            C.DRAW,
            C.EDIT_QUESTIONNAIRE,
            C.VIEW_SHEETS,
            C.DECIDE_DOCUMENT,
            C.CONFIRM_STATISTIC,
        ],
        S.CITY,
    ),
    C.VIEW_DRAW: S.OWN,
    C.RATE: S.OWN,
}
"""What whoever leads a round does: the office for its own, the assessor for the province's."""

_OFFICE_WORK: Grants = dict.fromkeys(
    [
        C.EDIT_ORGANISATION,
        C.VIEW_PEOPLE,
        C.EDIT_FRAMEWORK,
        C.ASSIGN_RESPONSIBILITIES,
        C.ARBITRATE,
        C.RUN_SCORING,
        C.FREEZE_RUN,
        C.VERIFY_RESULTS,
        C.EDIT_FIGURES,
        C.SETTLE_FINDING,
        C.EDIT_REGISTER,
        C.SUBMIT_DOCUMENT,
        C.ENTER_STATISTIC,
    ],
    S.CITY,
)

_COMMON: Grants = {C.VIEW_ORGANISATION: S.CITY, C.VIEW_FRAMEWORK: S.CITY}

GRANTS: Mapping[PostKind, Grants] = {
    PostKind.OFFICE: {**_EVERYBODY, **_WHOLE_CITY, **_OFFICE_WORK, **_ROUND_WORK},
    PostKind.GROUP_LEAD: {
        **_EVERYBODY,
        **_COMMON,
        C.VIEW_RUNS: S.CITY,
        C.VIEW_RESPONSIBILITIES: S.GROUP,
        C.VIEW_RESULTS: S.GROUP,
        C.VIEW_EVIDENCE: S.GROUP,
        C.VIEW_DOCUMENTS: S.GROUP,
        C.VIEW_STATISTICS: S.GROUP,
    },
    PostKind.UNIT: {
        **_EVERYBODY,
        **_COMMON,
        C.VIEW_RUNS: S.CITY,
        C.VIEW_RESPONSIBILITIES: S.UNIT,
        C.VIEW_RESULTS: S.UNIT,
        C.VIEW_EVIDENCE: S.AREA,
        C.OBJECT: S.UNIT,
        C.VIEW_DOCUMENTS: S.UNIT,
        C.SUBMIT_DOCUMENT: S.UNIT,
        C.VIEW_STATISTICS: S.UNIT,
        C.ENTER_STATISTIC: S.UNIT,
        C.CONFIRM_STATISTIC: S.UNIT,
    },
    PostKind.INSPECTOR: {
        **_EVERYBODY,
        **_COMMON,
        C.USE_PHONE: S.OWN,
        C.VIEW_COLLECTION: S.OWN,
        C.VIEW_VISITS: S.OWN,
        C.INSPECT: S.OWN,
        C.VIEW_DRAW: S.OWN,
        C.RATE: S.OWN,
    },
    PostKind.REVIEWER: {
        **_EVERYBODY,
        **_COMMON,
        C.VIEW_COLLECTION: S.OWN,
        C.VIEW_DOCUMENTS: S.OWN,
        C.REVIEW_DOCUMENT: S.OWN,
        C.RATE: S.OWN,
    },
    PostKind.INTERVIEWER: {
        **_EVERYBODY,
        **_COMMON,
        C.USE_PHONE: S.OWN,
        C.VIEW_COLLECTION: S.OWN,
        C.VIEW_SHEETS: S.OWN,
        C.INTERVIEW: S.OWN,
        C.VIEW_DRAW: S.OWN,
    },
    PostKind.LEADER: {**_EVERYBODY, **_WHOLE_CITY},
    PostKind.ASSESSOR: {
        **_EVERYBODY,
        **_WHOLE_CITY,
        **_ROUND_WORK,
        C.RUN_SCORING: S.CITY,
        C.VERIFY_RESULTS: S.CITY,
    },
    PostKind.SYSTEM_ADMINISTRATOR: {
        **_EVERYBODY,
        C.VIEW_ORGANISATION: S.CITY,
        C.VIEW_PEOPLE: S.CITY,
        C.EDIT_PEOPLE: S.CITY,
        C.OPERATE: S.CITY,
    },
    PostKind.SECURITY_ADMINISTRATOR: {
        **_EVERYBODY,
        C.VIEW_ORGANISATION: S.CITY,
        C.VIEW_PEOPLE: S.CITY,
        C.GRANT_POSTS: S.CITY,
        C.UNLOCK_ACCOUNTS: S.CITY,
    },
    PostKind.AUDIT_ADMINISTRATOR: {
        **_EVERYBODY,
        C.VIEW_ORGANISATION: S.CITY,
        C.VIEW_PEOPLE: S.CITY,
        C.VIEW_RUNS: S.CITY,
        C.VIEW_AUDIT: S.CITY,
        C.VERIFY_RESULTS: S.CITY,
    },
}

ADMINISTRATORS = frozenset(
    {
        PostKind.SYSTEM_ADMINISTRATOR,
        PostKind.SECURITY_ADMINISTRATOR,
        PostKind.AUDIT_ADMINISTRATOR,
    }
)
"""Whoever is one of them is nothing else, neither another of them nor in the office (三员分立)."""

NEED_SECOND_FACTOR = ADMINISTRATORS | {PostKind.OFFICE}
"""Posts that must prove themselves twice when they log in."""

NEED_SESSION = frozenset({C.EDIT_PEOPLE, C.GRANT_POSTS, C.UNLOCK_ACCOUNTS, C.OPERATE})
"""Capabilities that work only within a time-limited administrator session."""

NEED_UNIT = frozenset({PostKind.UNIT})
NEED_GROUP = frozenset({PostKind.GROUP_LEAD})


def scope_of(kind: PostKind, capability: Capability) -> Scope | None:
    """How far a capability (权限) of a post reaches; None when the post has it not."""
    return GRANTS[kind].get(capability)


def excludes(held: PostKind, wanted: PostKind) -> bool:
    """Whether one person may not hold both posts (三员分立).

    The system administrator makes accounts, the security administrator gives posts, the audit
    administrator watches both; whoever was two of them could cover their own traces.

    Source: GB/T 22239-2019 (等级保护), level 3, security management centre.
    """
    return held != wanted and bool({held, wanted} & ADMINISTRATORS)
