"""Every coded sentence of the program, from the file of its subject."""

from collections.abc import Mapping

from wenming.base.wording.accounts import ACCOUNTS
from wenming.base.wording.api import API
from wenming.base.wording.commands import COMMANDS
from wenming.base.wording.desk import DESK
from wenming.base.wording.documents import DOCUMENTS
from wenming.base.wording.findings import FINDINGS
from wenming.base.wording.framework import FRAMEWORK
from wenming.base.wording.inputs import INPUTS
from wenming.base.wording.jobs import JOBS
from wenming.base.wording.odk import ODK
from wenming.base.wording.operations import OPERATIONS
from wenming.base.wording.organisation import ORGANISATION
from wenming.base.wording.panels import PANELS
from wenming.base.wording.platform import PLATFORM
from wenming.base.wording.questionnaires import QUESTIONNAIRES
from wenming.base.wording.reasons import REASONS
from wenming.base.wording.reported import REPORTED
from wenming.base.wording.responsibility import RESPONSIBILITY
from wenming.base.wording.results import RESULTS
from wenming.base.wording.rounds import ROUNDS
from wenming.base.wording.samples import SAMPLES
from wenming.base.wording.statistics import ENTRIES
from wenming.base.wording.uploads import UPLOADS
from wenming.base.wording.visits import VISITS

SENTENCES: Mapping[str, str] = {
    **INPUTS,
    **SAMPLES,
    **COMMANDS,
    **FINDINGS,
    **REASONS,
    **PLATFORM,
    **ORGANISATION,
    **DESK,
    **JOBS,
    **OPERATIONS,
    **ACCOUNTS,
    **FRAMEWORK,
    **RESPONSIBILITY,
    **ROUNDS,
    **PANELS,
    **VISITS,
    **DOCUMENTS,
    **ENTRIES,
    **REPORTED,
    **RESULTS,
    **UPLOADS,
    **API,
    **ODK,
    **QUESTIONNAIRES,
}
"""Sentences by code; a file of new sentences is added here."""
