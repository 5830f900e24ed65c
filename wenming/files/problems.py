"""The codes of every mistake that reading a file can name, with the facts of each."""

from collections.abc import Mapping

PROBLEMS: Mapping[str, tuple[str, ...]] = {
    # Files and folders
    "folder_missing": (),
    "file_missing": (),
    "file_unexpected": ("allowed", "nearest"),
    "file_unreadable": ("reason",),  # name of the system's error, such as EACCES
    "file_unwritable": ("reason",),
    "file_empty": (),
    "checklists_empty": (),
    "file_too_large": ("bytes", "most"),
    "ending_unknown": ("ending", "allowed"),
    # Bytes to text; `byte` counts from 0
    "not_utf8": ("byte",),
    "encoding_unknown": ("byte",),  # neither UTF-8 nor GB18030
    "nul_byte": ("byte",),
    "control_character": ("character",),  # such as U+001F
    # YAML
    "yaml_syntax": ("problem", "at"),  # the parser's own words; column from 1
    "yaml_documents": (),  # a second document in one file
    "too_deep": ("most",),
    "alias_refused": ("name",),
    "tag_refused": ("tag",),
    "key_not_text": (),
    "key_repeated": ("key", "first_line"),
    "key_not_allowed": ("key", "allowed", "nearest"),
    "key_missing": ("key",),
    "schema_wrong": ("value", "expected"),
    "mapping_expected": ("found",),  # found: text, list, mapping
    "list_expected": ("found",),
    "text_expected": ("found",),
    "separator_in_entry": ("value", "separators"),
    "not_one_of": ("column", "value", "allowed"),  # as in core
    "cell_blank": ("column",),  # as in core
    # CSV and sheets
    "csv_syntax": ("problem",),  # the parser's own words
    "header_missing": (),
    "column_blank": ("position",),  # from 1
    "column_twice": ("column",),
    "column_unknown": ("column", "allowed", "nearest"),
    "column_missing": ("column",),
    "row_ragged": ("cells", "expected"),
    # JSON and GeoJSON
    "json_syntax": ("at",),  # column from 1
    "geojson_type": ("value", "allowed"),
    "geojson_datum": ("value",),
    "geojson_member": ("key",),
    "geojson_empty": (),
    "geojson_too_many": ("most",),
    "geojson_position": (),
    "geojson_outside": ("longitude", "latitude"),
    "geojson_line_short": ("count",),
    "geojson_ring_short": ("count",),
    "geojson_ring_open": (),
    # Workbooks
    "workbook_unreadable": ("problem",),  # the library's own words
    "sheet_unknown": ("sheet", "allowed", "nearest"),
    "sheet_missing": ("sheet",),
    "sheet_empty": ("sheet",),
    "cell_outside": ("value",),  # right of the last heading
    "cell_error": ("value",),  # such as #N/A
    "formula_without_value": (),  # a formula that no program has computed yet
    "sheet_too_large": ("sheet", "most"),  # cells, counted by their rectangle
    "part_without_number": ("place", "text"),  # of a reported figure
    "figures_too_many": ("count", "most"),  # rows of reported figures
    "text_too_long": ("length", "most"),  # on writing: more than a cell can hold
}
"""Names of the facts by code; the sentences are made elsewhere."""
