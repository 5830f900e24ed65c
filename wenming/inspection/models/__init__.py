"""What inspectors saw at sites: the visits in which they work, and the evidence of a round."""

from wenming.inspection.models.evidence import Observation, PanelMark
from wenming.inspection.models.panels import PanelItem, PanelRating, PanelSeat, PanelSession
from wenming.inspection.models.uploads import PhotoUpload
from wenming.inspection.models.visits import (
    SiteVisit,
    VisitInspector,
    VisitPhoto,
    VisitRecord,
    VisitSheet,
)

__all__ = [
    "Observation",
    "PanelItem",
    "PanelMark",
    "PanelRating",
    "PanelSeat",
    "PanelSession",
    "PhotoUpload",
    "SiteVisit",
    "VisitInspector",
    "VisitPhoto",
    "VisitRecord",
    "VisitSheet",
]
