"""Addresses of editions: the list, imports, the tree of items, comparison, migration."""

from django.urls import path

from wenming.framework.views import (
    comparisons,
    edition_imports,
    edition_life,
    editions,
    migrating,
    tree,
)

urlpatterns = [
    path("items/", tree.latest, name="items"),
    path("editions/", editions.editions, name="editions"),
    path("editions/template/<str:what>.xlsx", editions.template_file, name="edition_template"),
    path("editions/import/", edition_imports.bring, name="edition_bring"),
    path("editions/import/<uuid:pk>/", edition_imports.brought, name="edition_import"),
    path("editions/import/<uuid:pk>/correct/", edition_imports.correct, name="edition_correct"),
    path("editions/import/<uuid:pk>/accept/", edition_imports.accept, name="edition_accept"),
    path("editions/import/<uuid:pk>/discard/", edition_imports.discard, name="edition_discard"),
    path("editions/import/<uuid:pk>/<str:what>/", edition_imports.copy, name="edition_copy"),
    path("editions/compare/", comparisons.compare, name="compare"),
    path("editions/compare/<path:key>/", comparisons.compare_item, name="compare_item"),
    path("editions/<uuid:pk>/", editions.edition, name="edition"),
    path("editions/<uuid:pk>/rename/", edition_life.rename, name="edition_rename"),
    path("editions/<uuid:pk>/use/", edition_life.use, name="edition_use"),
    path("editions/<uuid:pk>/supersede/", edition_life.take_out, name="edition_supersede"),
    path("editions/<uuid:pk>/delete/", edition_life.delete, name="edition_delete"),
    path("editions/<uuid:pk>/edition.<str:form>", editions.edition_file, name="edition_file"),
    path(
        "editions/<uuid:pk>/checklists.<str:form>",
        editions.checklists_file,
        name="edition_checklists",
    ),
    path(
        "editions/<uuid:pk>/checklists/<path:site_type>.xlsx",
        editions.checklist_form,
        name="checklist_form",
    ),
    path("editions/<uuid:pk>/items/", tree.items, name="item_tree"),
    path("editions/<uuid:pk>/items/<path:key>/", tree.item, name="item"),
    path("editions/<uuid:pk>/migrate/", migrating.choose, name="migrate"),
    path("editions/<uuid:pk>/migrate/<uuid:plan>/", migrating.migrate, name="migrate_plan"),
]
