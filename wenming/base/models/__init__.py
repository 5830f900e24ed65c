"""What stands below every room: cities, organisation, people, and what the desk keeps for them."""

from wenming.base.models.attachments import Attachment, Import, StoredFile
from wenming.base.models.audit import (
    AdministratorRequest,
    AdministratorSession,
    AuditEntry,
    AuditHead,
)
from wenming.base.models.calendar import CalendarDay
from wenming.base.models.cities import (
    City,
    CityQuerySet,
    CityRow,
    ExactNumber,
    one_of,
    pinyin_key,
)
from wenming.base.models.desk import Draft, InboxEntry, Message, SavedView
from wenming.base.models.jobs import Job, JobOutcome
from wenming.base.models.people import ApiToken, Invitation, Post, UsedPassword, User
from wenming.base.models.units import (
    Group,
    LiaisonPerson,
    Provision,
    ProvisionKind,
    Unit,
    UnitKind,
    UnitName,
    new_unit,
    path_below,
)
from wenming.base.models.visits import Visit

__all__ = [
    "AdministratorRequest",
    "AdministratorSession",
    "ApiToken",
    "Attachment",
    "AuditEntry",
    "AuditHead",
    "CalendarDay",
    "City",
    "CityQuerySet",
    "CityRow",
    "Draft",
    "ExactNumber",
    "Group",
    "Import",
    "InboxEntry",
    "Invitation",
    "Job",
    "JobOutcome",
    "LiaisonPerson",
    "Message",
    "Post",
    "Provision",
    "ProvisionKind",
    "SavedView",
    "StoredFile",
    "Unit",
    "UnitKind",
    "UnitName",
    "UsedPassword",
    "User",
    "Visit",
    "new_unit",
    "one_of",
    "path_below",
    "pinyin_key",
]
