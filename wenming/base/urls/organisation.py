"""Addresses of the organisation: the tree, units and what is done with them, working groups."""

from django.urls import path

from wenming.base.views import groups, organisation, unit_changes, unit_facts, unit_imports

urlpatterns = [
    path("organisation/", organisation.organisation, name="organisation"),
    path("units/", organisation.units, name="units"),
    path("units/new/", unit_changes.new_unit, name="unit_new"),
    path("units/group/", groups.group_units, name="group_units"),
    path("units/import/", unit_imports.bring, name="import_units"),
    path("units/import/template.xlsx", unit_imports.template, name="units_template"),
    path("units/import/<uuid:pk>/", unit_imports.check, name="check_units"),
    path("units/workbook.xlsx", unit_imports.workbook, name="units_workbook"),
    path("units/<uuid:pk>/", organisation.unit, name="unit"),
    path("units/<uuid:pk>/edit/", unit_changes.edit_unit, name="unit_edit"),
    path("units/<uuid:pk>/rename/", unit_changes.rename, name="unit_rename"),
    path("units/<uuid:pk>/move/", unit_changes.move, name="unit_move"),
    path("units/<uuid:pk>/merge/", unit_changes.merge, name="unit_merge"),
    path("units/<uuid:pk>/dissolve/", unit_changes.dissolve, name="unit_dissolve"),
    path("units/<uuid:pk>/reactivate/", unit_changes.reactivate, name="unit_reactivate"),
    path("units/<uuid:pk>/names/new/", unit_facts.new_alias, name="unit_alias_new"),
    path("units/names/<uuid:pk>/remove/", unit_facts.drop_alias, name="unit_alias_remove"),
    path("units/<uuid:pk>/liaison/new/", unit_facts.new_liaison, name="unit_liaison_new"),
    path("units/liaison/<uuid:pk>/", unit_facts.edit_liaison, name="unit_liaison"),
    path("units/liaison/<uuid:pk>/remove/", unit_facts.drop_liaison, name="unit_liaison_remove"),
    path("units/<uuid:pk>/in-place/<str:kind>/", unit_facts.provision, name="unit_provision"),
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.new_group, name="group_new"),
    path("groups/<uuid:pk>/", groups.edit_group, name="group"),
    path("groups/<uuid:pk>/move/", groups.move_group, name="group_move"),
    path("groups/<uuid:pk>/remove/", groups.drop_group, name="group_remove"),
]
