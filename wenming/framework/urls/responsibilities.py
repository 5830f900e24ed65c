"""Addresses of responsibilities: plans, the matrix, a unit's own sheet, objections."""

from django.urls import path

from wenming.framework.views import (
    assigning,
    duties,
    imports,
    matrix,
    objections,
    plan_checks,
    plans,
)

urlpatterns = [
    path("responsibilities/", plans.plans, name="plans"),
    path("responsibilities/begin/<uuid:edition>/", plans.begin, name="begin_plan"),
    path("responsibilities/<uuid:pk>/", matrix.matrix, name="matrix"),
    path("responsibilities/<uuid:pk>/assign/", assigning.assign_cells, name="assign"),
    path("responsibilities/<uuid:pk>/terms/", assigning.terms, name="set_terms"),
    path("responsibilities/<uuid:pk>/undo/", assigning.undo, name="undo_step"),
    path("responsibilities/<uuid:pk>/rows/", plan_checks.rows, name="plan_rows"),
    path("responsibilities/<uuid:pk>/findings/", plan_checks.findings, name="plan_findings"),
    path("responsibilities/<uuid:pk>/changes/", plan_checks.changes, name="plan_changes"),
    path("responsibilities/<uuid:pk>/issue/", plans.issue, name="issue_plan"),
    path("responsibilities/<uuid:pk>/discard/", plans.discard, name="discard_plan"),
    path("responsibilities/<uuid:pk>/import/", imports.bring, name="import_plan"),
    path("responsibilities/<uuid:pk>/import/<uuid:brought>/", imports.check, name="check_import"),
    path("responsibilities/<uuid:pk>.xlsx", imports.workbook, name="plan_workbook"),
    path("duties/", duties.mine, name="duties"),
    path("duties/<uuid:unit>/", duties.of_unit, name="unit_duties"),
    path("duties/<uuid:unit>.<str:form>", duties.sheet, name="unit_sheet"),
    path("duties/noted/<uuid:pk>/", duties.note, name="take_note"),
    path("objections/", objections.objections, name="objections"),
    path("objections/<uuid:pk>/", objections.objection, name="objection"),
    path("objections/to/<uuid:pk>/", objections.raise_one, name="object"),
    path("objections/<uuid:pk>/withdraw/", objections.withdraw_one, name="withdraw_objection"),
]
