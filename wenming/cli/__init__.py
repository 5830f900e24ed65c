"""The command `wenming` (命令): the outermost edge, where refusals become lines on stderr."""

import io
import os
import sys
from collections.abc import Sequence

from wenming.base import language as languages
from wenming.cli.arguments import parser_in, sorted_out
from wenming.cli.terminal import line_out, problem_out
from wenming.cli.writing import reason_of
from wenming.core.errors import BadInput, DomainError

WRONG, PIPE_CLOSED, INTERRUPTED = 2, 141, 130


def main(words: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        words: the words behind `wenming`; those of the process when None.

    Returns:
        0 when all is well, 1 when a draw was not what was announced, 2 when the input or the
        command line has a mistake.
    """
    given = sorted_out(sys.argv[1:] if words is None else words)
    language = _language(given)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        options = parser_in(language).parse_args(given)
        code: int = options.run(options)
        sys.stdout.flush()
    except BadInput as refused:
        problem_out(refused.problems, language)
        return WRONG
    except DomainError as refused:
        line_out(refused.code, refused.facts, language)
        return WRONG
    except BrokenPipeError:
        _close_quietly()
        return PIPE_CLOSED
    except OSError as refused:
        line_out("file_unwritable", {"reason": reason_of(refused)}, language)
        _close_quietly()
        return WRONG
    except KeyboardInterrupt:
        line_out("interrupted", {}, language)
        return INTERRUPTED
    return code


def _language(words: Sequence[str]) -> str:
    """The language of the answer; `--lang` may stand anywhere, and help needs it too."""
    for position, word in enumerate(words):
        if word == "--lang" and position + 1 < len(words):
            return languages.short(words[position + 1])
        if word.startswith("--lang="):
            return languages.short(word.partition("=")[2])
    return languages.chosen(os.environ)


def _close_quietly() -> None:
    """Let the interpreter flush what is left into nothing, so that it does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
