"""The words for posts and for what they may do."""

from collections.abc import Mapping

from wenming.base.language import marked as _

POST_LABELS: Mapping[str, Mapping[str, str]] = {
    "post": {
        "office": _("Office"),
        "group_lead": _("Lead of a working group"),
        "unit": _("Responsible unit"),
        "inspector": _("Inspector"),
        "reviewer": _("Reviewer of documents"),
        "interviewer": _("Interviewer"),
        "leader": _("City leader"),
        "assessor": _("Provincial assessor"),
        "system_administrator": _("System administrator"),
        "security_administrator": _("Security administrator"),
        "audit_administrator": _("Audit administrator"),
    },
    "capability": {
        "use_desk": _("use the desk"),
        "use_api": _("use the programming interface"),
        "view_organisation": _("see the organisation"),
        "edit_organisation": _("edit the organisation"),
        "view_people": _("see people and posts"),
        "edit_people": _("edit accounts"),
        "grant_posts": _("give posts"),
        "unlock_accounts": _("unlock accounts"),
        "view_audit": _("see the audit"),
        "operate": _("operate the system"),
        "view_framework": _("see the framework"),
        "edit_framework": _("edit the framework"),
        "view_responsibilities": _("see responsibilities"),
        "assign_responsibilities": _("assign responsibilities"),
        "object": _("object to a responsibility"),
        "arbitrate": _("rule on objections"),
        "view_runs": _("see rounds and runs"),
        "view_score": _("see the score of the city"),
        "view_results": _("see results of items"),
        "view_evidence": _("see evidence"),
        "view_figures": _("see reported figures"),
        "run_scoring": _("score a round"),
        "freeze_run": _("freeze a result"),
        "edit_figures": _("enter reported figures"),
        "settle_finding": _("settle findings"),
        "verify_results": _("verify results and the audit"),
    },
}
"""Words by kind and code."""
