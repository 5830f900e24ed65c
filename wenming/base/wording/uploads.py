"""What is wrong with a file, a picture, a place or a calendar that somebody brings in."""

from collections.abc import Mapping

from wenming.base.language import marked as _

_FILES: Mapping[str, str] = {
    "file_refused": _("This file is not taken; bring it in another form."),
    "file_refused.empty": _("The file is empty; look at it and bring the full one."),
    "file_refused.too_many_bytes": _(
        "The file has {bytes} bytes; {kind} files may have {most}. Make it smaller or split it."
    ),
    "file_refused.not_known": _(
        "This kind of file ({ending}) is not taken; save it as PDF, as a picture, or as an "
        "office document."
    ),
    "file_refused.unreadable": _(
        "The {kind} file is damaged and cannot be read; save it again and bring it once more."
    ),
    "file_refused.differs": _(
        "The name ends in “{ending}”, but the content is {kind}; give the file its right ending."
    ),
    "file_refused.heic": _(
        "This picture is in the phone's own form, which cannot be read here; choose “most "
        "compatible” in the camera's settings, or send it as JPEG."
    ),
    "file_refused.active": _(
        "The file holds something that runs when it is opened ({what}); save it as a plain "
        "document without it."
    ),
    "file_refused.macros": _(
        "The {kind} file holds macros; save it without macros and bring it once more."
    ),
    "file_refused.locked": _("The {kind} file asks for a password; save it without one."),
    "file_refused.bomb": _(
        "The archive would unpack to {bytes} bytes, more than the {most} allowed; bring its "
        "files one by one."
    ),
    "file_refused.outside": _(
        "The archive holds an entry that leads outside of it ({entry}); pack it anew."
    ),
}
_PICTURES: Mapping[str, str] = {
    "bad_picture": _("This picture is not taken; take or save it anew."),
    "bad_picture.not_a_picture": _("This is no JPEG, PNG or WebP picture; save it as one of them."),
    "bad_picture.broken": _(
        "The picture is damaged and cannot be shown; open it, save it again and bring that one."
    ),
    "bad_picture.truncated": _(
        "The picture is cut short, as after a broken transfer; send it once more."
    ),
    "bad_picture.too_many_bytes": _(
        "The picture has {bytes} bytes, more than the {most} allowed; make it smaller."
    ),
    "bad_picture.too_many_pixels": _(
        "The picture has {width} × {height} pixels; at most {most} million are taken. Choose a "
        "smaller size in the camera."
    ),
    "bad_picture.too_narrow": _(
        "The picture has only {width} × {height} pixels; nothing can be seen on it. Bring the "
        "original."
    ),
    "bad_picture.polyglot": _(
        "A second file ({hidden}) hides in the picture; save it anew with a picture program."
    ),
    "bad_picture.too_slow": _(
        "The picture could not be read within {seconds} seconds; save it smaller and try again."
    ),
    "bad_picture.too_much_memory": _(
        "The picture needs more than {megabytes} megabytes to be read; save it smaller."
    ),
}
_PLACES: Mapping[str, str] = {
    "bad_coordinates": _(
        "Longitude {longitude} and latitude {latitude} are no place on earth; check them."
    ),
    "bad_coordinates.swapped": _(
        "Longitude {longitude} and latitude {latitude} are no place on earth; they seem to be "
        "swapped. Write the longitude first."
    ),
    "json_syntax": _("The JSON cannot be understood at column {at}; check the text there."),
    "geojson_type": _("The type is {value} here; {allowed} is expected."),
    "geojson_datum": _(
        "The coordinates are said to be {value}; give them in WGS-84, or choose the datum when "
        "you bring the file."
    ),
    "geojson_member": _("The entry {key} is missing or of the wrong form; add it."),
    "geojson_position": _(
        "This is no place: two numbers are expected, first the longitude, then the latitude."
    ),
    "geojson_outside": _(
        "Longitude {longitude} and latitude {latitude} are no place on earth; were they swapped?"
    ),
    "geojson_line_short": _("The line has only {count} places; it needs two at least."),
    "geojson_ring_short": _("The ring has only {count} places; it needs four at least."),
    "geojson_ring_open": _("The ring is open; repeat its first place at its end."),
    "geojson_too_many": _("There are more than {most} places; simplify the boundary."),
    "geojson_empty": _("There is no feature in the file; is it the right one?"),
}
_CALENDAR: Mapping[str, str] = {
    "unknown_year": _(
        "The holidays of {year} are not in the calendar; known are {known}. Add them as soon as "
        "the State Council has published them."
    ),
    "moment_without_zone": _("The time {value} has no time zone; add it."),
    "negative_minutes": _("{minutes} minutes cannot be added; give zero or more."),
    "bad_working_hours": _(
        "These working hours cannot be used; give whole minutes, one span after the other."
    ),
    "bad_working_hours.none": _("No day or no hour is worked; give one at least."),
    "bad_working_hours.order": _(
        "The working hours {start}–{end} end before they begin, or before the span ahead of them "
        "ends; put them in order."
    ),
    "bad_working_hours.weekday": _(
        "{weekday} is no day of the week; count from 0 for Monday to 6."
    ),
    "bad_working_hours.zone": _("The time zone {zone} is not known; write it as Asia/Shanghai."),
    "calendar_day_twice": _("The day {day} stands in the calendar twice; keep one."),
    "calendar_span": _("The span from {first} to {last} runs backwards or is too long; check it."),
    "calendar_year_outside": _(
        "The day {day} does not belong to the notice of {year}; move it to its own year."
    ),
}
UPLOADS: Mapping[str, str] = {**_FILES, **_PICTURES, **_PLACES, **_CALENDAR}
"""Sentences by code."""
