"""What `check --deploy` says about the accounts in the database."""

import pytest
from django.db import connection

from crm.accounts.checks import demonstration_is_left_behind, erased_words_are_overwritten, no_account_is_everybodys
from crm.accounts.models import User
from crm.base.writing import writing_allowed


def codes(found):
    return [message.id for message in found]


def test_a_councils_own_accounts_pass(world):
    assert codes(no_account_is_everybodys(None)) == []


def test_refused_while_a_demonstration_account_is_open(world):
    with writing_allowed():
        User.objects.filter(pk=world.amina.pk).update(is_demonstration=True)
        assert codes(no_account_is_everybodys(None)) == ["heard.E002"]
        User.objects.filter(pk=world.amina.pk).update(is_active=False)
    assert codes(no_account_is_everybodys(None)) == []


def test_refused_while_a_superuser_is_open(world):
    with writing_allowed():
        User.objects.filter(pk=world.amina.pk).update(is_superuser=True)
    assert codes(no_account_is_everybodys(None)) == ["heard.E005"]


def test_refused_while_the_demonstration_runs(settings):
    settings.DEMONSTRATION, settings.SHOW_UNREVIEWED_LANGUAGES = False, False
    assert codes(demonstration_is_left_behind(None)) == []
    settings.DEMONSTRATION, settings.SHOW_UNREVIEWED_LANGUAGES = True, True
    assert codes(demonstration_is_left_behind(None)) == ["heard.E001", "heard.E003"]


@pytest.mark.only_on("sqlite")
def test_warned_when_sqlite_would_leave_erased_words_in_the_file(db):
    assert codes(erased_words_are_overwritten(None)) == []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=OFF")
        try:
            assert codes(erased_words_are_overwritten(None)) == ["heard.W001"]
        finally:
            cursor.execute("PRAGMA secure_delete=ON")
