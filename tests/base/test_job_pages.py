"""The pages of long work: everybody sees their own, can end it, and finds its result."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast, log_in, make_cast, open_session
from wenming.base.models import InboxEntry, Job, User
from wenming.base.queries.jobs import told
from wenming.base.services.jobs import run_job, start_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def begun(cast: Cast, by: User) -> Job:
    return start_job("check_files", city=cast.city, by=by)


def test_everybody_sees_their_own_work_and_nobody_elses(cast: Cast, client: Client) -> None:
    job = begun(cast, cast.lin)
    log_in(client, cast.lin)
    assert "文件核验" in client.get(reverse("base:jobs")).content.decode()
    assert client.get(reverse("base:job", args=[job.pk])).status_code == 200
    log_in(client, cast.zhao)
    assert "文件核验" not in client.get(reverse("base:jobs")).content.decode()
    for name, method in (("base:job", client.get), ("base:end_job", client.post)):
        assert method(reverse(name, args=[job.pk])).status_code == 404


def test_a_part_is_asked_for_while_it_runs_and_no_longer_when_it_has_ended(
    cast: Cast, client: Client
) -> None:
    job = begun(cast, cast.lin)
    log_in(client, cast.lin)
    header = {"HX-Request": "true", "HX-Target": f"job-{job.pk}"}
    part = client.get(reverse("base:job", args=[job.pk]), headers=header).content.decode()
    assert "<html" not in part
    assert 'hx-trigger="every 2s"' in part
    assert '"X-Polling": "yes"' in part
    run_job(job.pk)
    part = client.get(reverse("base:job", args=[job.pk]), headers=header).content.decode()
    assert "hx-trigger" not in part
    assert "文件齐全且未变动：共 0 个。" in part
    assert not InboxEntry.objects.filter(settled_at=None).exists()  # it has been seen


def test_the_person_ends_it(cast: Cast, client: Client) -> None:
    job = begun(cast, cast.lin)
    log_in(client, cast.lin)
    answer = client.post(reverse("base:end_job", args=[job.pk]), follow=True)
    assert "任务已取消，未保存任何内容。" in answer.content.decode()


def test_a_failure_says_what_happened_and_what_to_do(cast: Cast, client: Client) -> None:
    job = begun(cast, cast.lin)
    Job.objects.filter(pk=job.pk).update(
        outcome="failed", failure_code="job_broken", failure_facts={"attempts": 5},
        started_at=timezone.now(), finished_at=timezone.now(),
    )  # fmt: skip
    shown = log_in(client, cast.lin).get(reverse("base:job", args=[job.pk])).content.decode()
    assert "任务共执行 5 次，均中断" in shown
    assert "请在原处重新发起" in shown
    assert str(job.pk) in shown


def test_only_the_system_administrator_has_all_files_checked(cast: Cast, client: Client) -> None:
    address = reverse("base:check_files")
    assert log_in(client, cast.lin).post(address).status_code == 403
    log_in(client, cast.feng)
    open_session(client, cast.feng, cast.city)
    assert client.post(address).status_code == 302
    assert Job.objects.get().kind == "check_files"


def test_the_time_left_is_said_once_the_speed_is_known() -> None:
    begin = datetime(2026, 11, 25, 9, tzinfo=UTC)
    beat = begin + timedelta(seconds=30)
    job = Job(started_at=begin, heartbeat_at=beat, done=25, total=100)
    assert told(job, now=beat).left == timedelta(seconds=90)
    assert told(job, now=beat).percent == 25
    job.done = 4
    assert told(job, now=beat).left is None
    assert told(job, now=beat + timedelta(minutes=2)).is_quiet


def test_the_list_asks_few_questions(
    cast: Cast, client: Client, django_assert_max_num_queries: object
) -> None:
    for _ in range(20):
        begun(cast, cast.lin)
    log_in(client, cast.lin)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get(reverse("base:jobs"))
