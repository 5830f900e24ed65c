"""The worked example of docs/methods/audit.md, repeated to the digit."""

from datetime import UTC, datetime
from pathlib import Path

from wenming.base.models import AuditEntry
from wenming.base.services.audit import hash_of
from wenming.scoring.queries.manifest import StoredRow, manifest_hash, part_hash

PAGE = Path(__file__).parents[2] / "docs" / "methods" / "audit.md"


def test_the_worked_example_of_the_page() -> None:
    entry = AuditEntry(
        number=1,
        at=datetime(2026, 3, 1, 8, tzinfo=UTC),
        action="run.freeze",
        subject="scoring.run:1",
        detail={"result_number": "2026-001"},
    )
    part = part_hash([StoredRow("s-1", 0, "R1 · 人民路", "00")])
    told = PAGE.read_text(encoding="utf-8")
    for found in (hash_of(entry, city_id=""), part, manifest_hash({"rounds.site": part})):
        assert f"`{found[:16]}`" in told
