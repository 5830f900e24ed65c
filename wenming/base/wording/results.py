"""Sentences of runs and results: what is refused, what is being done, what verifying found."""

from collections.abc import Mapping

from wenming.base.language import marked as _

RESULTS: Mapping[str, str] = {
    "run_outdated": _(
        "Run {number} is not what the evidence and this program give now. Compute the round again, "
        "look at the new run and freeze that one."
    ),
    "correction_unexplained": _(
        "Result {result} of this round is frozen already. Say why it is corrected; the reason "
        "stands with both results."
    ),
    "correction_not_possible": _(
        "Result {result} cannot be corrected from here: it needs a reason, must be the standing "
        "result of its round, and no other correction of it may be under way. Reload the page."
    ),
    "finding_settled_meanwhile": _(
        "{person} settled this finding meanwhile. Look at the verdict; open it again if you "
        "think it wrong."
    ),
    "finding_gone": _(
        "This finding is no longer found, because the figures were changed. There is nothing left "
        "to settle; go back to the list."
    ),
    "round_revised": _(
        "This round was revised meanwhile: its figures are checked and settled in revision "
        "{revision}, the latest. Go to that one."
    ),
    "figures_frozen": _(
        "Result {result} stands on these figures, so they are kept as they are. Begin a correction "
        "of the result first, and change the figures there."
    ),
    "not_a_paper": _(
        "“{name}” cannot be read as a paper. Bring it as PDF, as an office document, or as a photo."
    ),
    "figure_exists": _(
        "This paper reports such a figure already ({title}). Change that one, or say that this one "
        "counts something of its own."
    ),
    "figure_changed_meanwhile": _(
        "Somebody else changed or removed “{title}” meanwhile; nothing was stored. Open the figure "
        "again and look at what it says now."
    ),
    "findings_to_settle": _("{round}: {count} findings on reported figures are to be settled"),
    "run_scored": _("Run {number} is computed; the score is {score}. It is provisional."),
    "gathering_round": _("Gathering what the round brought in"),
    "reading_round": _("Reading the edition and the evidence of the round"),
    "scoring_round": _("Judging every item and computing the interval of the total"),
    "keeping_run": _("Keeping the result with its reasons"),
    "verifying_result": _("Computing result {result} again and comparing every row behind it"),
    "verifying_audit": _("Following the chain of the audit"),
    "verified_whole": _(
        "All holds: {results} frozen results computed again to the digit, {entries} audit entries "
        "in an unbroken chain."
    ),
    "verified_with_problems": _(
        "Not all holds: {problems} discrepancies among {results} frozen results and {entries} "
        "audit entries. Look at each, and keep a backup as it is."
    ),
    "stored_row_changed": _("Result {result}: {rows_of} “{name}” (place {place}) was changed."),
    "stored_row_missing": _("Result {result}: {rows_of} “{name}” (place {place}) was deleted."),
    "stored_row_added": _("Result {result}: {rows_of} “{name}” (place {place}) was added."),
    "stored_row_moved": _("Result {result}: {rows_of} “{name}” was moved to place {place}."),
    "result_missing": _("In the chain of results, number {order} is missing."),
    "result_changed": _("Result {result} was changed after it was frozen."),
    "result_misplaced": _("Result {result} does not follow the result before it."),
    "result_gone": _("Result {result}, frozen by audit entry {number}, is no longer there."),
    "result_not_as_recorded": _("Result {result} is not the one that audit entry {number} froze."),
    "manifest_changed": _("Result {result}: the list of the rows behind it was changed."),
    "result_not_computable": _(
        "Result {result} cannot be computed again from its rows, although none was changed. It was "
        "computed by program {engine}, this is {program}."
    ),
    "digest_differs": _(
        "Result {result}: computed again its digest is {computed}…, kept is {kept}…, by the same "
        "program {program} from the same rows."
    ),
    "program_differs": _(
        "Result {result}: computed again its digest is {computed}…, kept is {kept}…. It was "
        "computed by program {engine}, this is {program}; verify it with the former."
    ),
    "city_unknown": _("There is no city {city}. Known are: {known}."),
}
"""Sentences by code."""

RESULT_LABELS: Mapping[str, Mapping[str, str]] = {
    "run_state": {
        "provisional": _("Provisional"),
        "frozen": _("Frozen"),
        "corrected": _("Corrected"),
    },
    "result_change": {
        "changed": _("Everything that changed"),
        "better": _("Better"),
        "worse": _("Worse"),
        "measured": _("First measured"),
        "lost_sight": _("No longer measured"),
        "came": _("New item"),
        "same": _("Unchanged"),
    },
    "score_outside": {
        "above": _(
            "The score lies above that: a rule that wants all sites to pass is passed more easily "
            "by few sites than by many. Visit more sites before it is quoted."
        ),
        "below": _(
            "The score lies below that: where few were visited or asked, one failure weighs more "
            "than in the whole city. Visit or ask more before it is quoted."
        ),
    },
    "total_change": {
        "outside": _(
            "One of the two scores lies outside its own interval, for few sites were visited: "
            "these samples cannot tell whether the city changed."
        ),
        "same_round": _(
            "Both are runs of one round: the same samples, so chance plays no part. What differs "
            "was corrected or entered between the two."
        ),
        "apart": _(
            "The difference is larger than sampling alone explains (90 % interval without zero)."
        ),
        "not_apart": _(
            "These samples cannot tell the difference from chance: its 90 % interval holds zero."
        ),
        "no_interval": _(
            "One of the totals has no interval, so nothing can be said of chance; the difference "
            "is what was computed."
        ),
        "no_total": _("One of the two runs has no total, so they cannot be subtracted."),
    },
    "verification": {"whole": _("All holds"), "broken": _("Not all holds")},
    "verification_advice": {
        **dict.fromkeys(
            (
                "stored_row_changed",
                "stored_row_missing",
                "stored_row_added",
                "stored_row_moved",
            ),
            _(
                "Changed rows: find the last backup in which the row was as it should be, and "
                "compare. Restore from it, or correct the result with a reason."
            ),
        ),
        **dict.fromkeys(
            ("result_changed", "result_misplaced", "result_missing", "result_gone"),
            _(
                "Changed results: compare with the printed result and its chain hash, then restore "
                "the database from the last backup in which the result is whole."
            ),
        ),
        **dict.fromkeys(
            ("result_not_as_recorded", "manifest_changed"),
            _(
                "Records that disagree: the audit says what was frozen. Trust the printed chain "
                "hash, and restore from a backup that agrees with it."
            ),
        ),
        **dict.fromkeys(
            ("result_not_computable", "digest_differs", "program_differs"),
            _(
                "Results that come out otherwise: install the version of the program that computed "
                "them and verify again. If they still differ, report it with both digests."
            ),
        ),
        **dict.fromkeys(
            ("audit_changed", "audit_missing", "audit_reordered", "audit_head_changed"),
            _(
                "A broken audit: tell the audit administrator and the leadership at once; find out "
                "who had access to the database at that time."
            ),
        ),
    },
    "settlement": {"open": _("Open"), "settled": _("Settled")},
    "verdict": {
        "paper_wrong": _("The paper is wrong"),
        "own_wrong": _("Our own records are wrong"),
        "explained": _("Both are right: they count different things"),
        "noted": _("True, and being dealt with"),
    },
    "rows_of": {
        "framework.edition": _("row of the edition"),
        "framework.checklistset": _("row of the checklists"),
        "framework.item": _("listed item"),
        "framework.responsibility": _("responsibility"),
        "rounds.round": _("round"),
        "rounds.site": _("site"),
        "inspection.observation": _("observation"),
        "inspection.panelmark": _("mark of the panel"),
        "survey.surveyplan": _("survey design"),
        "survey.question": _("question"),
        "survey.answersheet": _("answer sheet"),
        "submission.document": _("document"),
        "statistic.statistic": _("statistic"),
        "scoring.reporteddocument": _("reporting paper"),
        "scoring.figure": _("reported figure"),
        "scoring.run": _("run"),
        "scoring.itemresult": _("result of item"),
        "scoring.finding": _("finding"),
    },
}
"""Words by kind and code."""
