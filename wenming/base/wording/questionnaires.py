"""What is wrong with a questionnaire or with one answer sheet, and what to do."""

from collections.abc import Mapping

from wenming.base.language import marked as _

QUESTIONNAIRES: Mapping[str, str] = {
    # The questionnaire itself
    "questions_missing": _("There is no question; add at least one."),
    "question_name_wrong": _(
        "{value} cannot be a name; use letters a to z, digits, - and _, begin with a letter, and "
        "take at most 64 characters."
    ),
    "question_name_reserved": _("The name {value} is kept for the system; choose another."),
    "list_name_reserved": _(
        "The name {value} of a list of choices is kept for the system; choose another."
    ),
    "choice_key_with_blank": _("The choice {value} holds a blank; write it without."),
    "choice_twice": _("The choice {value} stands twice in the list {list}; keep one."),
    "choice_list_missing": _("There is no list of choices {value}; add it or correct the name."),
    "choices_not_needed": _(
        "{value} is no question with choices; change its kind or take its list out."
    ),
    "choice_unknown": _("The list {list} has no choice {value}; correct it or add the choice."),
    "choice_counts_twice": _("{value} counts both for and against; keep it in one of the two."),
    "choice_counts_nowhere": _(
        "The choice {value} of {key} counts neither for nor against; say what it means, or name "
        "it as a missing answer."
    ),
    "counting_without_item": _(
        "{value} says which answers count, but feeds no item; name the item."
    ),
    "item_needs_select_one": _(
        "{value} feeds an item, so it must be a question with exactly one choice."
    ),
    "group_of_question_unknown": _("There is no group {value}; correct the name."),
    "group_torn": _("The questions of the group {value} do not follow it at once; move them."),
    "group_empty": _("The group {value} holds no question; fill it or take it out."),
    "question_unknown": _("There is no question {value}; correct the name."),
    "question_without_answer": _("{value} is a note or a group and has no answer."),
    "question_circle": _("These questions wait for each other in a circle: {path}."),
    "question_never_asked": _(
        "Whatever is answered, {value} is never asked; correct its condition or the group's."
    ),
    "expression_not_understood": _(
        "The expression cannot be read at position {at} (“{found}”); look for a missing bracket, "
        "quotation mark or operator."
    ),
    "expression_not_supported": _(
        "The expression uses {what} (position {at}), which is not supported here; write it with "
        "comparisons, the functions listed in the help, and arithmetic."
    ),
    "expression_not_a_question": _(
        "{value} is neither true nor false; write a comparison, such as ${{age}} >= 18."
    ),
    "expression_bare_answer": _(
        "{value} stands where true or false is expected; compare it, such as {value} != ''."
    ),
    "expression_without_own_answer": _(
        "In {value} the point means the answer itself, which only a limit on answers knows."
    ),
    # XLSForm
    "group_unclosed": _("The group {value} is never closed; end it in a row of its own."),
    "group_not_open": _("A group ends here, but none is open; take the row out."),
    "question_type_unsupported": _(
        "The question type {value} is not supported; use one of {allowed}."
    ),
    "column_unsupported": _(
        "The column {column} is not supported, and it must not be lost silently; empty it."
    ),
    "language_unnamed": _(
        "The language of the column {column} is not known; write its code in brackets behind it."
    ),
    # One answer sheet
    "answer_missing": _("This question needs an answer."),
    "answer_not_asked_for": _(
        "This question was not to be asked after the other answers; clear it."
    ),
    "answer_refused": _("{value} is outside what is allowed here; check it."),
    "answer_too_long": _("The answer has {length} characters; at most {most} are taken."),
    "answer_unknown_choice": _("{value} is not among the choices."),
    "answer_chosen_twice": _("A choice was taken twice: {value}."),
    "answer_of_other_kind": _("{value} does not fit this kind of question."),
    "answer_of_other_kind.integer": _("{value} is not a whole number."),
    "answer_of_other_kind.decimal": _("{value} is not a number."),
    "answer_of_other_kind.date": _("{value} is not a date; write it as 2026-10-01."),
    "answer_of_other_kind.geopoint": _(
        "{value} is not a place; latitude and longitude are needed."
    ),
    "answer_of_other_kind.acknowledge": _("Tick the box, or leave it blank."),
    # Questionnaires and sheets of a round
    "instrument_version_taken": _(
        "Version {version} of the questionnaire {key} says something else; give it a new version."
    ),
    "instrument_not_in_use": _("“{title}” is not in use; put it in use first."),
    "instrument_items_unknown": _(
        "The edition of the round has no item {items}; correct the questionnaire."
    ),
    "instrument_not_draft": _(
        "“{title}” is no draft any more; make a new version and change that one."
    ),
    "instrument_changed_meanwhile": _(
        "“{title}” was changed by somebody else meanwhile; open it again and repeat the change."
    ),
    "question_gone": _("The draft has no question {key} any more."),
    "questionnaire_import_mistakes": _(
        "The workbook has {count} mistakes; mend them and bring it again."
    ),
    "questionnaire_import_taken": _("“{file}” was taken over already."),
    "fieldwork_began": _(
        "Answer sheets of {round} came in already; its questionnaire and design stay."
    ),
    "fieldwork_design_wrong": _(
        "Name at least one column of clusters, and ways of reckoning that exist."
    ),
    "quota_cell_unknown": _(
        "Quota {n} asks for an answer that the questionnaire of the round does not have."
    ),
    "quota_twice": _("Quota {n} asks for the same people as quota {before}."),
    "too_many_quotas": _("{count} quotas are more than anybody can follow; at most {most}."),
    "margin_column_unknown": _("The sheets have no column {column} with groups to weight by."),
    "margin_choice_left_out": _(
        "“{column}” can be answered with {value}, but no total is given for it; give one."
    ),
    "margin_group_unknown": _("{value} is no answer to this question; write one of its answers."),
    "contact_day_wrong": _("{day} is to come, or lies before the round, which begins on {first}."),
    "contacts_by_nobody": _("{name} does not interview in this round."),
    "sheet_differs": _(
        "The sheet {sheet} came in already with other answers; it was left as it is."
    ),
    "sheet_times_wrong": _(
        "The sheet runs from {started} to {ended}, which cannot be; check the clock."
    ),
    "sheet_design_missing": _(
        "The sheet does not say how its respondent was drawn; fill in {columns}."
    ),
    "link_ends_too_early": _("The links would end before they are made; choose a later end."),
    "link_count_wrong": _("{count} links cannot be made at once; at least 1, at most {most}."),
    "link_design_missing": _(
        "The design of this survey needs the columns {columns} of every sheet; fill them in, "
        "where a number is asked for with a number, or choose a design that does not need them."
    ),
    "questionnaire_not_for_web": _(
        "The web cannot take the photographs that {questions} ask for; make them optional."
    ),
    "answer_link_over": _("This link was closed or has come to its end."),
    "answer_link_answered": _("This link was answered already, with other answers."),
    "paper_keyed_by_you": _(
        "You keyed paper {number} already; the second time another person keys it."
    ),
    "paper_keyed_twice": _("Two people have keyed paper {number} already."),
    "paper_not_to_settle": _(
        "Paper {number} waits for its second keying, or was taken in already."
    ),
    "answer_to_unknown_question": _("The questionnaire has no question {value}."),
}
"""Sentences by the code of a problem."""

QUESTIONNAIRE_LABELS: Mapping[str, Mapping[str, str]] = {
    "instrument_state": {
        "draft": _("Draft"),
        "in_use": _("In use"),
        "retired": _("Out of use"),
    },
    "question_kind": {
        "select_one": _("One choice"),
        "select_multiple": _("Several choices"),
        "integer": _("Whole number"),
        "decimal": _("Decimal number"),
        "text": _("Free text"),
        "date": _("Date"),
        "geopoint": _("Place on the map"),
        "image": _("Photograph"),
        "acknowledge": _("Tick to confirm"),
        "note": _("Text to read out"),
        "calculate": _("Calculated"),
        "start": _("Time of the beginning"),
        "end": _("Time of the end"),
        "group": _("Group of questions"),
    },
    "question_change": {
        "added": _("New question"),
        "removed": _("Question left out"),
        "changed": _("Question changed"),
        "moved": _("Question moved"),
    },
    "question_part": {
        "kind": _("kind of question"),
        "within": _("group"),
        "choices": _("list of choices"),
        "options": _("choices"),
        "required": _("required or not"),
        "relevant": _("when it is asked"),
        "constraint": _("which answers are taken"),
        "calculation": _("calculation"),
        "appearance": _("appearance"),
        "item": _("item it counts for"),
        "condition": _("condition of the item"),
        "yes": _("choices that count for it"),
        "no": _("choices that count against it"),
        "bank": _("question of the bank"),
        "label": _("text"),
        "hint": _("hint"),
        "message": _("sentence for a wrong answer"),
    },
    "expression": {
        "question": _("question {n}"),
        "self": _("the answer"),
        "and": _("and"),
        "or": _("or"),
        "not": _("not ({x})"),
        "selected": _("includes"),
        "true": _("true"),
        "false": _("false"),
        "today": _("today"),
    },
    "sent_form_state": {
        "open": _("To be looked at"),
        "settled": _("Settled"),
    },
    "sheet_state": {
        "received": _("To check"),
        "accepted": _("It counts"),
        "set_aside": _("Set aside"),
    },
    "paper_stage": {
        "waiting": _("Waiting for the second keying"),
        "differing": _("The keyings differ"),
        "taken": _("Taken in"),
    },
    "sheet_mark": {
        "speeder": _("Answered very quickly"),
        "straight_line": _("The same answer throughout"),
    },
    "lonely": {
        "fail": _("Refuse to reckon"),
        "remove": _("Leave it out of the variance"),
        "certainty": _("Take it as taken for certain"),
        "adjust": _("Compare it with the whole"),
        "average": _("Give it the mean of the others"),
    },
    "sheet_source": {
        "household": _("At home"),
        "street": _("In the street"),
        "web": _("On the web"),
        "paper": _("On paper"),
    },
}
"""Words by kind and code."""

QUESTIONNAIRE_ACTIONS: Mapping[str, str] = {
    "quotas.set": _("Set {n} quotas, {wanted} sheets in all"),
    "margins.set": _("Set the population margin of {column}: {n} groups, {source}"),
    "margins.clear": _("Took the population margin of {column} away"),
    "margins.trim": _("Set the bounds of weights: {lower} to {upper}"),
    "contacts.count": _("Wrote down the contacts of {name} on {day}"),
    "instrument.bring": _("Brought in the questionnaire {title}, version {version}"),
    "instrument.edit": _("Changed the draft of the questionnaire {title}, version {version}"),
    "instrument.use": _("Put the questionnaire in use"),
    "instrument.retire": _("Took the questionnaire out of use"),
    "questionnaire_import.bring": _("Brought the questionnaire file {name}: {problems} mistakes"),
    "fieldwork.set": _("Chose the questionnaire {title}, version {version}, for the round"),
    "sheet.take": _("Took an answer sheet in"),
    "sheet.take_by_link": _("An answer sheet came in by a link"),
    "answer_links.make": _("Made links for answering on the web: {title}, {count} in all"),
    "answer_links.close": _("Closed the links for answering on the web: {title}"),
    "answer_links.close_one": _("Closed link {number} for answering on the web: {title}"),
    "sentform.settle": _("Settled a form that was not taken in: {because}"),
    "paper.key": _("Keyed paper {number}, keying {time}"),
    "paper.settle": _("Settled what stands on paper {number}"),
    "sheet.accept": _("Accepted an answer sheet"),
    "sheet.set_aside": _("Set an answer sheet aside: {because}"),
}
"""Sentences of the audit by action."""

QUESTIONNAIRE_SUBJECTS: Mapping[str, str] = {
    "survey.quota": _("Quota"),
    "survey.populationmargin": _("Population margin"),
    "survey.contactcount": _("Contacts of a day"),
    "survey.instrument": _("Questionnaire"),
    "survey.fieldwork": _("Questionnaire of a round"),
    "api.sentform": _("Form that was not taken in"),
    "survey.sheet": _("Answer sheet"),
    "survey.papersheet": _("Paper sheet"),
    "survey.linkbatch": _("Links for answering on the web"),
}
"""What the audit calls a row, by the kind of its subject."""
