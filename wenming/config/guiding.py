"""Which page of the guide belongs to which page of the desk."""

from collections.abc import Mapping

HELP: Mapping[str, str] = {
    "base:": "desk",
    "base:job": "operations",
    "inspection:": "inspection",
    **dict.fromkeys(
        ["base:me", "base:new_password", "base:new_token", "base:begin_session", "mfa_", "api:"],
        "accounts",
    ),
    **dict.fromkeys(["account_", "base:person_factors", "base:person_unlock"], "accounts"),
    "scoring:": "desk",
    **dict.fromkeys(
        [
            "scoring:runs",
            "scoring:score",
            "scoring:record",
            "scoring:freeze",
            "scoring:correct",
            "scoring:compare",
            "scoring:gap",
            "scoring:topic",
            "scoring:verif",
        ],
        "results",
    ),
    **dict.fromkeys(
        [
            "scoring:reconcil",
            "scoring:finding",
            "scoring:reopen_finding",
            "scoring:settle_find",
            "scoring:figure",
            "scoring:paper",
        ],
        "reconciliation",
    ),
    "rounds:": "rounds",
    "submission:": "documents",
    "survey:": "questionnaires",
    "forms:": "questionnaires",
    "statistic:": "statistics",
    **dict.fromkeys(["rounds:draw", "rounds:public_draw"], "draws"),
    "framework:": "responsibility",
    **dict.fromkeys(
        ["framework:item", "framework:edition", "framework:compar", "framework:migrat"],
        "framework",
    ),
    **dict.fromkeys(
        [
            "base:organisation",
            "base:unit",
            "base:group",
            "base:import_units",
            "base:check_units",
            "base:people",
            "base:person",
            "base:post",
            "base:calendar",
            "base:audit",
        ],
        "organisation",
    ),
}
"""The page of docs/guide for a view, by the longest beginning of its name."""
