"""The outbox: a message goes out once, in the language of the person; or says why not."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from email.header import decode_header, make_header
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cast import Cast, make_cast
from tests.operations.mail_server import MailServer, mail_server
from wenming.base.models import Message
from wenming.base.services.outbox import (
    MOST_TRIES,
    ChannelMissing,
    NoAddress,
    deliver_waiting,
    forget_messages,
    post_message,
)

pytestmark = pytest.mark.django_db

LINK = "https://wenming.example/account/link/" + "x" * 150 + "/"


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server() as listening:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", listening.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.DEFAULT_FROM_EMAIL = "创城办 <wenming@city.example>"
        settings.MAIL_CONFIGURED = True
        yield listening


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    cast.lin.email = "lin@city.example"
    cast.lin.save()
    return cast


def written(cast: Cast, **more: Any) -> Message:
    facts = {"name": "林晓", "link": LINK}
    return post_message("no_address", to=cast.lin, city=cast.city, facts=facts, **more)


def now_and(**later: float) -> Any:
    return timezone.now() + timedelta(**later)


def test_a_message_goes_out_once_with_its_sentence_and_the_whole_link(
    cast: Cast, server: MailServer
) -> None:
    message = written(cast)
    assert deliver_waiting(now=now_and()) == 1
    assert deliver_waiting(now=now_and()) == 0
    (mail,) = server.kept
    assert mail["To"] == "lin@city.example"
    assert mail["Message-ID"] == f"<{message.pk}@city.example>"
    assert str(make_header(decode_header(mail["Subject"]))) == "文明：您有一条消息"
    body = mail.get_payload(decode=True).decode()
    assert "林晓" in body
    assert LINK in body
    message.refresh_from_db()
    assert message.sent_at
    assert message.facts == {}  # a sent message names nobody any more


def test_it_is_said_in_the_language_of_the_person(cast: Cast, server: MailServer) -> None:
    written(cast, language="en")
    deliver_waiting(now=now_and())
    assert server.kept[0]["Subject"] == "Wenming: a message for you"


def test_it_is_queued_with_the_transaction_of_the_act(cast: Cast) -> None:
    before = ProcrastinateJob.objects.filter(task_name="deliver_messages").count()
    written(cast)
    assert ProcrastinateJob.objects.filter(task_name="deliver_messages").count() == before + 1


def test_without_a_mail_server_messages_wait(cast: Cast, settings: Any) -> None:
    settings.MAIL_CONFIGURED = False
    message = written(cast)
    assert deliver_waiting(now=now_and()) == 0
    message.refresh_from_db()
    assert (message.tries, message.sent_at, message.given_up_at) == (0, None, None)


def test_a_server_that_is_busy_is_asked_again_later_and_later(
    cast: Cast, server: MailServer
) -> None:
    message = written(cast)
    server.refusals = {"MAIL": "451 later"}
    assert deliver_waiting(now=now_and()) == 0
    message.refresh_from_db()
    assert message.tries == 1
    assert "lin" not in message.failure
    assert deliver_waiting(now=now_and(seconds=30)) == 0
    message.refresh_from_db()
    assert message.tries == 1  # its time has not come
    server.refusals = {}
    assert deliver_waiting(now=now_and(seconds=61)) == 1
    assert len(server.kept) == 1


def test_after_the_last_try_a_message_is_given_up(cast: Cast, server: MailServer) -> None:
    message = written(cast)
    server.refusals = {"MAIL": "451 later"}
    for day in range(MOST_TRIES + 3):
        deliver_waiting(now=now_and(days=day))
    message.refresh_from_db()
    assert message.tries == MOST_TRIES
    assert message.given_up_at
    assert message.failure == "SMTPSenderRefused 451"
    assert message.facts == {}


def test_an_address_that_does_not_exist_is_not_asked_twice(cast: Cast, server: MailServer) -> None:
    message = written(cast)
    server.refusals = {"RCPT": "550 nobody here"}
    deliver_waiting(now=now_and())
    message.refresh_from_db()
    assert (message.tries, message.failure) == (1, "SMTPRecipientsRefused")
    assert message.given_up_at


def test_one_bad_message_does_not_hold_up_the_others(cast: Cast, server: MailServer) -> None:
    first = written(cast)
    Message.objects.filter(pk=first.pk).update(channel="sms")
    written(cast)
    assert deliver_waiting(now=now_and()) == 1
    first.refresh_from_db()
    assert first.failure == "channel_missing"


def test_a_person_who_has_left_gets_nothing(cast: Cast, server: MailServer) -> None:
    message = written(cast)
    cast.lin.is_active = False
    cast.lin.save()
    assert deliver_waiting(now=now_and()) == 0
    message.refresh_from_db()
    assert (message.failure, server.kept) == ("account_closed", [])


@pytest.mark.parametrize("channel", ["sms", "webhook"])
def test_ways_that_are_not_set_up_are_refused_at_once(cast: Cast, channel: str) -> None:
    with pytest.raises(ChannelMissing):
        written(cast, channel=channel)


def test_nobody_is_written_to_without_an_address(cast: Cast) -> None:
    with pytest.raises(NoAddress):
        post_message("no_address", to=cast.zhao, city=cast.city, facts={})


def test_old_messages_are_forgotten_and_waiting_ones_are_not(
    cast: Cast, server: MailServer
) -> None:
    written(cast)
    deliver_waiting(now=now_and())
    waiting = written(cast)
    assert forget_messages(before=now_and(days=1)) == 1
    assert list(Message.objects.all()) == [waiting]


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_not_send_the_same_message(cast: Cast, server: MailServer) -> None:
    written(cast)
    other: list[int] = []

    def deliver() -> None:
        other.append(deliver_waiting(now=now_and()))
        connections.close_all()

    with transaction.atomic():  # one worker has the row in its hands
        Message.objects.select_for_update().get()
        thread = threading.Thread(target=deliver)
        thread.start()
        thread.join()
    assert other == [0]
    assert deliver_waiting(now=now_and()) == 1
    assert len(server.kept) == 1
