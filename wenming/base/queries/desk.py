"""What the desk keeps for a person: kept views of lists, drafts of forms."""

from wenming.base.models import City, Draft, SavedView, User


def views_of(user: User, city: City, table: str) -> list[SavedView]:
    """The ways to look at a list that a person kept or others share (常用视图), own ones first."""
    seen = SavedView.objects.visible_to(user).for_city(city).filter(table=table)
    views = list(seen.select_related("user").order_by("name", "pk"))
    return sorted(views, key=lambda view: view.user_id != user.pk)


def draft_of(user: User, key: str) -> Draft | None:
    """What a person typed into a form and has not sent (草稿); None for nothing."""
    return user.drafts.filter(key=key).first()
