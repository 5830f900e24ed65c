"""What each command runs; a room is entered only when it is needed, so that all start at once."""

from argparse import Namespace

LONELY = ("fail", "remove", "certainty", "adjust", "average")
INTERVALS = ("auto", "logit", "beta", "wilson", "mean")


def assess(options: Namespace) -> int:
    """`wenming assess`."""
    from wenming.cli.assessment import assess

    return assess(options)


def edition_check(options: Namespace) -> int:
    """`wenming edition check`."""
    from wenming.cli.editions import check

    return check(options)


def edition_show(options: Namespace) -> int:
    """`wenming edition show`."""
    from wenming.cli.editions import show

    return show(options)


def edition_convert(options: Namespace) -> int:
    """`wenming edition convert`."""
    from wenming.cli.editions import convert

    return convert(options)


def edition_compare(options: Namespace) -> int:
    """`wenming edition compare`."""
    from wenming.cli.comparison import compare

    return compare(options)


def estimate(options: Namespace) -> int:
    """`wenming estimate`."""
    from wenming.cli.estimates import estimate

    return estimate(options)


def draw(options: Namespace) -> int:
    """`wenming draw`."""
    from wenming.cli.draws import draw

    return draw(options)


def draw_verify(options: Namespace) -> int:
    """`wenming draw verify`."""
    from wenming.cli.draws import verify

    return verify(options)


def serve(options: Namespace) -> int:
    """`wenming serve`."""
    from wenming.cli.serving import serve

    return serve(options)


def load(options: Namespace) -> int:
    """`wenming load`."""
    from wenming.cli.serving import load

    return load(options)


def demo(options: Namespace) -> int:
    """`wenming demo`."""
    from wenming.cli.serving import demo

    return demo(options)


def createadmin(options: Namespace) -> int:
    """`wenming createadmin`."""
    from wenming.cli.administrators import createadmin

    return createadmin(options)


def worker(options: Namespace) -> int:
    """`wenming worker`."""
    from wenming.cli.operating import worker

    return worker(options)


def migrate(options: Namespace) -> int:
    """`wenming migrate`."""
    from wenming.cli.operating import migrate

    return migrate(options)


def verify(options: Namespace) -> int:
    """`wenming verify`."""
    from wenming.cli.verification import verify

    return verify(options)


def backup(options: Namespace) -> int:
    """`wenming backup`."""
    from wenming.cli.operating import backup

    return backup(options)


def restore(options: Namespace) -> int:
    """`wenming restore`."""
    from wenming.cli.operating import restore

    return restore(options)


def doctor(options: Namespace) -> int:
    """`wenming doctor`."""
    from wenming.cli.operating import doctor

    return doctor(options)
