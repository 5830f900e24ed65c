"""Messages on their way out (发件箱): written with the act, sent by the worker, never lost.

A message is stored in the transaction of the act that it tells of, and sent when that is through.
Sending and the note of it cannot be one step: killed between the two, the worker sends again, with
the same `Message-ID`, by which mail servers know the second one.
"""

import logging
import smtplib
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app

from wenming.base import wording
from wenming.base.models import City, Message, User
from wenming.core.errors import DomainError

PAUSES = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 180, 360, 720))
"""How long to wait after each try in a row; after the last one the message is given up."""
MOST_TRIES = len(PAUSES) + 1
AT_ONCE = 200
KEPT_DAYS = 30
EMAIL = "email"

log = logging.getLogger(__name__)


class ChannelMissing(DomainError):
    """Messages of this kind cannot be sent: no way out is set up for them."""

    code = "channel_missing"


class NoAddress(DomainError):
    """The person has no address to which a message could go."""

    code = "no_address"


def post_message(
    code: str,
    *,
    to: User,
    city: City | None,
    facts: Mapping[str, object],
    language: str = "zh",
    channel: str = EMAIL,
) -> Message:
    """Have a message sent to a person (发送消息) once the transaction at hand is through.

    Args:
        code: of the sentence that is its text; `<code>_subject`, where there is one, its subject.
        facts: what the sentence needs; `link` is an address that stands below the text.

    Raises:
        ChannelMissing: only e-mail is sent; text messages and web hooks are not set up.
        NoAddress: no e-mail address of the person is known.
    """
    if channel != EMAIL:
        raise ChannelMissing(channel=channel)
    if not to.email:
        raise NoAddress(name=to.name)
    message: Message = Message.objects.create(
        city=city,
        channel=channel,
        user=to,
        address=to.email,
        code=code,
        facts=dict(facts),
        language=language,
    )
    deliver_now.defer()
    return message


@app.task(name="deliver_messages")
def deliver_now() -> None:
    """What the queue calls after a message was written, and the schedule again and again."""
    deliver_waiting(now=timezone.now())


def deliver_waiting(*, now: datetime) -> int:
    """Send what waits (投递消息), each message by itself, as long as a way out is set up.

    Two workers never take the same message: its row is locked while it is sent.

    Returns:
        How many were sent.
    """
    if not settings.MAIL_CONFIGURED:
        return 0
    sent = 0
    for _ in range(AT_ONCE):
        with transaction.atomic():
            message = (
                waiting_messages(now).select_for_update(skip_locked=True, of=("self",)).first()
            )
            if message is None:
                break
            sent += _deliver(message, now=now)
    return sent


def waiting_messages(now: datetime) -> QuerySet[Message]:
    """Messages whose time has come (待发消息), the oldest first."""
    due = Q(not_before=None) | Q(not_before__lte=now)
    waiting = Message.objects.filter(due, sent_at=None, given_up_at=None)
    return waiting.select_related("user", "city").order_by("created_at", "pk")


def _deliver(message: Message, *, now: datetime) -> bool:
    """Try once; whatever comes of it is noted on the row."""
    if message.channel != EMAIL:
        return _give_up(message, "channel_missing", now=now)
    if message.user is not None and not message.user.is_active:
        return _give_up(message, "account_closed", now=now)
    message.tries += 1
    try:
        _email(message).send()
    except (smtplib.SMTPException, OSError) as failed:
        if _is_final(failed) or message.tries >= MOST_TRIES:
            return _give_up(message, _told(failed), now=now)
        message.failure = _told(failed)
        message.not_before = now + PAUSES[message.tries - 1]
        message.save(update_fields=["tries", "failure", "not_before"])
        return False
    message.sent_at, message.failure, message.facts = timezone.now(), "", {}
    message.save(update_fields=["tries", "sent_at", "failure", "facts"])
    return True


def _give_up(message: Message, failure: str, *, now: datetime) -> bool:
    message.given_up_at, message.failure, message.facts = now, failure, {}
    message.save(update_fields=["tries", "given_up_at", "failure", "facts"])
    log.warning("message given up", extra={"outgoing": str(message.pk), "why": failure})
    return False


def _email(message: Message) -> EmailMessage:
    """A message as mail; its text is the sentence of its code in the person's language."""
    language = message.language
    subject = f"{message.code}_subject"
    code = subject if subject in wording.SENTENCES else "mail_subject"
    facts = {**message.facts, "city": _city_name(message.city, language)}
    link = str(facts.pop("link", ""))  # on a line of its own, never cut
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return EmailMessage(
        subject=wording.sentence(code, facts, language),
        body="\n\n".join(filter(None, [wording.sentence(message.code, facts, language), link, ""])),
        to=[message.address],
        headers={"Message-ID": f"<{message.pk}@{domain}>", "Auto-Submitted": "auto-generated"},
    )


def _city_name(city: City | None, language: str) -> str:
    if city is None:
        return ""
    return city.name_en if language == "en" and city.name_en else city.name_zh


def _is_final(failed: Exception) -> bool:
    """Whether the server said no for good (a code from 500 on) to this one recipient."""
    if isinstance(failed, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in failed.recipients.values())
    return False


def _told(failed: Exception) -> str:
    """What went wrong, without the address, the text or the names in it."""
    code = getattr(failed, "smtp_code", "")
    return f"{type(failed).__name__} {code}".strip()


def forget_messages(*, before: datetime) -> int:
    """Take away messages (清理消息) that were sent or given up before a moment.

    Returns:
        How many were taken away.
    """
    over = Q(sent_at__lt=before) | Q(given_up_at__lt=before)
    count, _ = Message.objects.filter(over).delete()
    return count
