"""What is wrong with an input, and what to do: sentences for each problem of a file."""

from collections.abc import Mapping

from wenming.base.language import marked as _

INPUTS: Mapping[str, str] = {
    # Files
    "folder_missing": _("There is no such folder; check the path."),
    "file_missing": _("There is no such file; check the path."),
    "file_unreadable": _("The file cannot be read: {reason}."),
    "checklists_empty": _("No site type is in the checklists; add one, or leave the file out."),
    "file_empty": _("The file is empty; fill it in, or take it out of the folder."),
    "file_too_large": _(
        "The file has {bytes} bytes, more than the {most} that are read; split it."
    ),
    "ending_unknown": _("This kind of file ({ending}) is not read; use one of {allowed}."),
    "not_utf8": _(
        "This is not UTF-8 text (byte {byte}); is it a binary file? Save it as UTF-8 text."
    ),
    "encoding_unknown": _(
        "This is neither UTF-8 nor GB18030 text (byte {byte}); save it as UTF-8."
    ),
    "nul_byte": _(
        "There is a NUL byte (byte {byte}): this is a binary file, not text; give the text file."
    ),
    "control_character": _(
        "The control character {character} does not belong into a text; take it out."
    ),
    "yaml_syntax": _("The YAML cannot be understood at column {at}: {problem}."),
    "yaml_documents": _("A second document begins here; keep one in each file."),
    "too_deep": _("The file nests deeper than {most} levels; is it the right one?"),
    "alias_refused": _("The alias *{name} is not allowed; write the text out."),
    "tag_refused": _("The tag {tag} is not allowed; write plain text."),
    "key_not_text": _("The name of an entry must be plain text."),
    "key_repeated.first_line": _(
        "The entry {key} stands here a second time (first in line {first_line}); keep one."
    ),
    "key_not_allowed": _("The entry {key} is not known here; known are {allowed}."),
    "key_not_allowed.nearest": _("The entry {key} is not known here; did you mean {nearest}?"),
    "key_missing": _("The entry {key} is missing; add it."),
    "schema_wrong": _("The schema is {value}, but {expected} is read here; is it the right file?"),
    "mapping_expected": _("Named entries (key: value) are expected here, but there is {found}."),
    "list_expected": _("A list is expected here, but there is {found}."),
    "text_expected": _("Text or a number is expected here, but there is {found}."),
    "separator_in_entry": _(
        "{value} holds one of the separators {separators}; write it as two entries."
    ),
    "csv_syntax": _("The table cannot be understood: {problem}."),
    "header_missing": _("The line of headings is missing; the first line must name the columns."),
    "column_blank": _("Column {position} has no heading; name it or take it out."),
    "column_twice": _("The column {column} stands there twice; keep one."),
    "column_unknown": _("The column {column} is not known; known are {allowed}."),
    "column_unknown.nearest": _("The column {column} is not known; did you mean {nearest}?"),
    "column_missing": _("The column {column} is missing; add it."),
    "row_ragged": _(
        "The row has {cells} cells, but there are {expected} columns; look for a missing or "
        "surplus separator."
    ),
    "workbook_unreadable": _("The workbook cannot be opened: {problem}. Save it again as .xlsx."),
    "sheet_unknown": _("The sheet {sheet} is not known; known are {allowed}."),
    "sheet_unknown.nearest": _("The sheet {sheet} is not known; did you mean {nearest}?"),
    "sheet_missing": _("The sheet {sheet} is missing; add it."),
    "sheet_empty": _("The sheet {sheet} is empty; fill it in or take it out."),
    "cell_outside": _("{value} stands right of the last heading; name its column or take it out."),
    "cell_error": _("The cell shows the error {value}; mend its formula."),
    "text_too_long": _(
        "The text has {length} characters, more than the {most} that a cell can hold; shorten it."
    ),
    # Cells
    "cell_blank": _("{column} is blank; fill it in."),
    "not_a_number": _("{value} is not a number; write digits, such as 50.3."),
    "number_out_of_range": _("{value} is out of range; {range} is expected."),
    "not_a_whole_number": _("{value} is not a whole number; write a count."),
    "not_one_of": _("{value} is not allowed in {column}; use one of {allowed}."),
    "not_yes_or_no": _("{value} is neither yes nor no; write true or false."),
    "not_a_date": _("{value} is not a date; write it as 2026-10-01."),
    "not_a_time": _("{value} is not a time; write it as 2026-10-01T09:30."),
    "key_twice": _(
        "{value} stands here a second time (first in line {first_line}); give each its own key."
    ),
    "one_row_expected": _("The table {table} must have exactly one row, but has {rows}."),
    # Editions
    "table_empty": _("The table {table} has no row; an edition needs it."),
    "unknown_key": _("{value} does not exist in {column}; correct it or add it there."),
    "nothing_below": _("Nothing stands below {value}; add its parts or take it out."),
    "points_zero": _("{value} is worth 0 points; give points above 0, or none at all."),
    "item_without_criterion": _("The item {value} has no criterion; say how it is judged."),
    "criterion_without_conditions": _(
        "A criterion of {value} needs conditions, but has none; list them."
    ),
    "criterion_without_limits": _(
        "A criterion of {value} has no limit for any grade; give at least one."
    ),
    "condition_limit_needed": _("A condition looked at by {method} needs an operator and a limit."),
    "number_needed": _("{column} must be a number above 0; fill it in."),
    "limits_out_of_order": _(
        "At {value} the limit of grade {better} is easier than that of {worse}; put them in order."
    ),
    "met_out_of_range": _(
        "More conditions must be met than the {size} that there are; correct the number."
    ),
    "condition_unknown": _(
        "There is no condition {value}; the criterion has {size}, counted from 1."
    ),
    # Rounds
    "item_unknown": _("The edition {edition} has no item {value}; correct the key."),
    "line_unknown": _("No checklist has the line {value}; correct the key."),
    "site_unknown": _("The register has no site {value}; correct the key or add the site."),
    "site_type_unknown": _(
        "The checklists have no site type {value}; correct it or add its checklist."
    ),
    "gate_unknown": _("The edition {edition} has no gate {value}; correct the key."),
    "tier_unknown": _("The edition has no tier {value}; correct it or leave it blank."),
    "whole_unknown": _(
        "No figure of this document has the key {value}, which is named as the whole."
    ),
    "design_missing": _(
        "There are answers but no design.yaml; say there how the sample was drawn."
    ),
    "answer_column_unknown": _("The answer sheets have no column {value}; correct the name."),
    "outcome_or_value": _("Either an outcome or a value must be given; fill in one of them."),
    "file_unexpected": _("A file of this name is not read; known are {allowed}."),
    "file_unexpected.nearest": _("A file of this name is not read; did you mean {nearest}?"),
    "file_unwritable": _("The file cannot be written: {reason}."),
    "formula_without_value": _(
        "This formula has no computed value; open and save the workbook, or write the value."
    ),
    "sheet_too_large": _(
        "The sheet {sheet} has more than {most} cells; take out what is not needed."
    ),
    "line_of_other_type": _(
        "The line {value} belongs to another site type than the site {site} ({site_type})."
    ),
    "group_unknown": _(
        "There is no working group {value}; correct the name or add it to round.yaml."
    ),
}
"""Sentences by the code of a problem."""
