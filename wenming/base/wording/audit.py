"""What was done, as the audit tells it: one sentence for each action, with its facts."""

from collections.abc import Mapping

from wenming.base.language import marked as _
from wenming.base.wording.documents import DOCUMENT_ACTIONS, DOCUMENT_SUBJECTS
from wenming.base.wording.panels import PANEL_ACTIONS, PANEL_SUBJECTS
from wenming.base.wording.questionnaires import QUESTIONNAIRE_ACTIONS, QUESTIONNAIRE_SUBJECTS
from wenming.base.wording.rounds import ROUND_ACTIONS, ROUND_FACT_LABELS, ROUND_SUBJECTS
from wenming.base.wording.statistics import ENTRY_ACTIONS, ENTRY_SUBJECTS
from wenming.base.wording.visits import VISIT_ACTIONS, VISIT_FACT_LABELS, VISIT_SUBJECTS

_ORGANISATION: Mapping[str, str] = {
    "unit.make": _("Set up the unit {name}"),
    "unit.change": _("Changed the unit: {changes}"),
    "unit.rename": _("Renamed {from} to {to}, from {day} on"),
    "unit.move": _("Moved the unit from below {from} to below {to}"),
    "unit.dissolve": _("Dissolved the unit: {reason}"),
    "unit.reactivate": _("Reactivated the unit"),
    "unit.merge": _("Merged {unit} into {into}, from {day} on"),
    "unit.name": _("Took the name {name} from a file as another name of the unit"),
    "unit_name.add": _("Added the other name {name}"),
    "unit_name.remove": _("Removed the other name {name}"),
    "liaison.add": _("Named {name} as liaison person"),
    "liaison.change": _("Changed the liaison person {from} to {to}"),
    "liaison.remove": _("Removed the liaison person {name}"),
    "provision.set": _("{kind}: {in_place} ({as_of}) {note}"),
    "group.make": _("Set up the working group {title}"),
    "group.change": _("Changed the working group {from} to {to}"),
    "group.order": _("Put the working groups in order: {order}"),
    "group.remove": _("Removed the working group {title}"),
    "group.take_in": _("Put into the working group {group}: {units}"),
    "calendar.set_day": _("Set {day} as {kind} {name}"),
    "calendar.remove_day": _("Took back {day} as {kind}"),
    "calendar.set_hours": _("Changed the working hours from {from} to {to}"),
    "attachment.bring": _("Brought the file {name}"),
    "import.bring": _("Brought the file {name}"),
    "import.take_over": _("Took the file {file} over, {changes} changes"),
    "units_import.bring": _("Brought the file {name} of the organisation, {problems} mistakes"),
    "units_import.take_over": _("Took the organisation over from {file}, {changes} changes"),
    "demo.stage": _("Set up the demonstration with {logins} logins"),
}

_PEOPLE: Mapping[str, str] = {
    "account.make": _("Opened the account {username} for {name}"),
    "account.change": _("Changed the account: {changed}"),
    "account.deactivate": _("Closed the account: {reason}"),
    "account.reactivate": _("Opened the account again"),
    "account.password": _("Set a new password"),
    "account.unlock": _("Unlocked the account"),
    "account.invite": _("Made an invitation link"),
    "account.reset_asked": _("Asked for a link to reset the password"),
    "account.login": _("Logged in"),
    "account.login_failed": _("Failed to log in"),
    "account.logout": _("Logged out"),
    "account.visit_ended": _("Ended own visits in other browsers: {count}"),
    "account.first": _("Opened the account of the first administrator {username} for {name}"),
    "account.issuer_linked": _("Linked the account with the issuer"),
    "account.issuer_refused": _("Refused a log-in by the issuer"),
    "factor.totp_activated": _("Set up an authenticator app"),
    "factor.totp_deactivated": _("Removed the authenticator app"),
    "factor.recovery_codes_generated": _("Made new recovery codes"),
    "factor.webauthn_added": _("Added a passkey"),
    "factor.webauthn_removed": _("Removed a passkey"),
    "factor.removed_by_other": _("Removed all second factors: {reason}"),
    "factor.wrong_code": _("Gave a wrong code of the second factor"),
    "post.grant": _("Gave {person} the post “{post}” {place}"),
    "post.end": _("Ended the post “{post}” of {person}; last day {day}"),
    "session.begin": _("Began an administrator session: {reason}"),
    "session.end": _("Ended the administrator session"),
    "token.make": _("Made the token {name} for a program"),
    "token.revoke": _("Took the token {name} back"),
    "audit.verify": _("Verified the audit chain: {entries} entries, {faults} faults"),
}

_FRAMEWORK: Mapping[str, str] = {
    "edition.import": _("Made a draft of an edition from a file, {items} items"),
    "edition.reimport": _("Replaced the draft of the edition from a file, {items} items"),
    "edition.rename": _("Renamed the edition from {before} to {after}"),
    "edition.delete": _("Deleted the draft of the edition {key}"),
    "edition.put_in_use": _("Put the edition in use"),
    "edition.supersede": _("Superseded the edition"),
    "edition_import.bring": _("Brought the file {file} of an edition, {problems} mistakes"),
    "edition_import.correct": _("Brought a corrected file {file}, {problems} mistakes left"),
    "edition_import.discard": _("Discarded the file of an edition"),
    "plan.begin": _("Began a draft of responsibilities"),
    "plan.discard": _("Discarded the draft of responsibilities"),
    "plan.assign": _("Assigned responsibilities"),
    "plan.terms": _("Changed deadlines and targets of responsibilities"),
    "plan.import": _("Took a file of responsibilities over"),
    "plan.ruling": _("Changed responsibilities after an objection"),
    "plan.undo": _("Undid the last step of a draft of responsibilities"),
    "plan.migrate": _("Took responsibilities over into another edition"),
    "responsibilityplan.issue": _("Issued the plan of responsibilities"),
    "responsibilityplan.replace": _("Replaced the plan of responsibilities"),
    "objection.raise": _("Objected to a responsibility"),
    "objection.uphold": _("Upheld the objection: {ruling}"),
    "objection.dismiss": _("Dismissed the objection: {ruling}"),
    "inbox.note": _("Read what was told: {code}"),
    "objection.withdraw": _("Withdrew the objection"),
}

_RESULTS: Mapping[str, str] = {
    "map.add": _("Added the map layer {title} from {file}, {features} features"),
    "map.drop": _("Removed the map layer {title}"),
    "site.place": _("Placed the site: {before} became {after}"),
    "run.compute": _("Computed run {number} of round {round}"),
    "round.revise": _("Began the correction of result {result}: {reason}"),
    "verification.finish": _("Verified {results} frozen results: {problems} problems"),
    "run.freeze": _("Froze the result as number {result_number}"),
    "run.correct": _("Corrected the result: {reason}"),
    "paper.add": _("Added the paper {title}"),
    "paper.change": _("Changed the paper {from} to {to}"),
    "paper.remove": _("Removed the paper {title} with {figures} figures"),
    "paper.attach": _("Brought the file {name} of the paper {title}"),
    "paper.replace": _("Replaced the file {from} of the paper {title} by {name}"),
    "paper.detach": _("Took the file {name} away from the paper {title}"),
    "figures_import.bring": _(
        "Brought the file {name} with figures of {paper}, {problems} mistakes"
    ),
    "figures_import.take_over": _(
        "Took the figures of {paper} over from {file}: {new} new, {changed} changed"
    ),
    "figure.enter": _("Entered {title}: {value}, as reported in {paper}"),
    "figure.change": _("Changed the reported figure {title} from {from} to {to}"),
    "figure.remove": _("Removed the reported figure {title}: {value}"),
    "settlement.settle": _("Settled a finding as {verdict}: {reason}"),
    "settlement.reopen": _("Reopened a finding: {reason}"),
    "job.start": _("Started long work: {kind}"),
    "job.cancel": _("Cancelled long work"),
    "job.end": _("Long work ended: {outcome}"),
}

ACTIONS: Mapping[str, str] = {
    **_ORGANISATION,
    **_PEOPLE,
    **_FRAMEWORK,
    **_RESULTS,
    **ROUND_ACTIONS,
    **PANEL_ACTIONS,
    **VISIT_ACTIONS,
    **DOCUMENT_ACTIONS,
    **QUESTIONNAIRE_ACTIONS,
    **ENTRY_ACTIONS,
}
"""Sentences by action; who did it stands beside them."""

FACT_LABELS: Mapping[str, Mapping[str, str]] = {
    "unit.make": {"kind": "unit_kind"},
    "unit.change": {"kind": "unit_kind"},
    "provision.set": {"kind": "provision", "in_place": "said_in_place"},
    "calendar.set_day": {"kind": "day_kind"},
    "calendar.remove_day": {"kind": "day_kind"},
    "account.change": {"changed": "account_fact"},
    "job.start": {"kind": "job"},
    "job.end": {"outcome": "job_outcome"},
    "settlement.settle": {"verdict": "verdict"},
    **ROUND_FACT_LABELS,
    **VISIT_FACT_LABELS,
}
"""Kinds of words for facts that are codes, by action."""

AUDIT_LABELS: Mapping[str, Mapping[str, str]] = {
    "said_in_place": {
        "True": _("in place"),
        "False": _("lacking"),
        "None": _("not known"),
    },
    "account_fact": {
        "name": _("Name"),
        "email": _("E-mail"),
        "phone": _("Telephone"),
    },
    "unit_fact": {
        "kind": _("Kind"),
        "group": _("Working group"),
        "name_en": _("English name"),
    },
    "subject": {
        "base.unit": _("Unit"),
        "base.group": _("Working group"),
        "base.user": _("Person"),
        "base.city": _("City"),
        "base.calendarday": _("Day"),
        "base.import": _("Import"),
        "base.attachment": _("File"),
        "base.administratorsession": _("Administrator session"),
        "base.apitoken": _("API token"),
        "base.job": _("Long work"),
        "framework.edition": _("Edition"),
        "framework.responsibilityplan": _("Responsibility plan"),
        "framework.objection": _("Objection"),
        "scoring.run": _("Run"),
        "scoring.reporteddocument": _("Reporting paper"),
        "scoring.figure": _("Reported figure"),
        "scoring.settlement": _("Settlement of a finding"),
        "scoring.verification": _("Verification"),
        "rounds.round": _("Round"),
        "rounds.site": _("Site"),
        "rounds.maplayer": _("Map layer"),
        **ROUND_SUBJECTS,
        **PANEL_SUBJECTS,
        **VISIT_SUBJECTS,
        **DOCUMENT_SUBJECTS,
        **QUESTIONNAIRE_SUBJECTS,
        **ENTRY_SUBJECTS,
    },
}
"""Words by kind and code."""
