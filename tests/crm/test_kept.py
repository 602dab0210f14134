"""Questions whose SQL is kept: what is kept is the question, never an answer and never who may see what."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, Prefetch, Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.accounts.models import RoleGrant, Team, User
from crm.base import kept as keeping
from crm.base.actors import SYSTEM, Actor, Role, Standing
from crm.base.ids import new_id
from crm.base.kept import (
    NotKept,
    Pattern,
    Words,
    asked_ahead,
    inside,
    kept,
    kept_for_all,
    kept_if_few,
    keys_seen,
)
from crm.base.models import VisibleQuerySet
from crm.base.writing import writing_allowed
from crm.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_written():
    keeping.forget()


@kept
def people_called(reader: Actor, words: str) -> Any:
    return Person.objects.visible_to(reader).filter(name=words).for_list()


@kept
def entered_by_me_since(reader: Actor, person: UUID, since: Any) -> Any:
    return Person.objects.visible_to(reader).filter(pk=person, entered_by=reader.pk, created_at__gte=since)


@kept_for_all
def these(people: tuple[UUID, ...]) -> Any:
    return Person.objects.filter(pk__in=people).order_by("name", "id")


def afresh(user: User) -> User:
    """As the next request finds them: with the roles they hold now."""
    return User.objects.get(pk=user.pk)


@kept_for_all
def known_as(name: Words) -> Any:
    return Person.objects.filter(name=name)


@kept_for_all
def holding_a_piece(piece: Pattern) -> Any:
    return Person.objects.extra(where=["name LIKE %s"], params=[piece])


@kept_for_all
def with_words_changed(name: Words) -> Any:
    return Person.objects.filter(name=f"{name} Begum")


def test_words_are_put_in_each_time_and_none_are_kept(world):
    assert [known_as(Words(name)) for name in (world.person.name, "Nobody", "' OR 1=1 --")] == [[world.person], [], []]
    assert len([key for key in keeping._written if key[0] is known_as]) == 1
    assert world.person.name not in str(keeping._written)
    with pytest.raises(NotKept, match="changes a value"):
        with_words_changed(Words("Parveen"))


def test_what_is_looked_for_is_planned_each_time_and_so_asked_by_itself(world):
    with CaptureQueriesContext(connection) as asked:
        assert [holding_a_piece(Pattern(piece)) for piece in ("Parv%", "%100\\%%", "Nobody")] == [
            [world.person],
            [],
            [],
        ]
    assert "Parv%" in asked.captured_queries[0]["sql"], "PostgreSQL sees the words when it plans"
    with (
        pytest.raises(NotKept, match="by itself"),
        asked_ahead([(holding_a_piece, Pattern("P%")), (known_as, Words("P"))]),
    ):
        pass


def test_a_colleague_with_other_roles_never_gets_what_is_kept_for_another(world):
    name = world.person.name
    assert people_called(afresh(world.amina), name) == [world.person]
    for nobody in (world.auditor, AnonymousUser(), SYSTEM):
        assert people_called(nobody, name) == []
    restricted_to(world.person, world.lead)
    assert people_called(afresh(world.amina), name) == []
    assert people_called(afresh(world.lead), name) == [world.person]


def restricted_to(person: Person, *readers: User) -> None:
    with writing_allowed():
        Person.objects.filter(pk=person.pk).update(restricted=True)
        person.named_readers.set(readers)


def test_two_colleagues_with_the_same_roles_share_a_question_and_each_see_their_own(world):
    other = twin_of(world.amina)
    restricted_to(world.person, other)
    assert people_called(afresh(world.amina), world.person.name) == []
    assert people_called(other, world.person.name) == [world.person]
    written = [key for key in keeping._written if key[0] is people_called]
    assert len(written) == 1, "their roles are the same, so the question is"


def twin_of(user: User, at: Any = None) -> User:
    with writing_allowed():
        twin = User.objects.create(email="twin@northbrook.example", name="Her Twin")
        for grant in user.grants.all():
            team, locality = grant.team, grant.locality
            if at is not None:
                team, locality = team and at[0], locality and at[1]
            RoleGrant.objects.create(user=twin, role=grant.role, team=team, locality=locality,
                                     first_day=grant.first_day)  # fmt: skip
    return twin


def test_a_role_that_ends_ends_what_is_seen(world):
    assert people_called(afresh(world.amina), world.person.name) == [world.person]
    with writing_allowed():
        world.amina.grants.update(first_day=date(2020, 1, 1), last_day=timezone.localdate() - timedelta(days=1))
    assert people_called(afresh(world.amina), world.person.name) == []


def test_other_values_give_other_rows(world):
    since = timezone.now() - timedelta(days=1)
    ids = tuple(Person.objects.order_by("name", "id").values_list("pk", flat=True)[:2])
    assert [row.pk for row in these(ids)] == list(ids)
    assert [row.pk for row in these(ids[::-1])] == list(ids)
    assert [row.pk for row in these(ids[1:])] == list(ids[1:])
    maker = Person.objects.get(pk=world.person.pk).entered_by
    assert entered_by_me_since(afresh(maker), world.person.pk, since) == [world.person]
    assert entered_by_me_since(afresh(maker), world.person.pk, timezone.now() + timedelta(days=1)) == []


def test_questions_asked_ahead_come_with_one_query_and_are_the_same(world):
    amina, ids = afresh(world.amina), (world.person.pk,)
    alone = people_called(amina, world.person.name), these(ids)
    asked: list[tuple[Any, ...]] = [(people_called, amina, world.person.name), (these, ids)]
    asked.append((people_called, amina, "-"))
    with CaptureQueriesContext(connection) as captured, asked_ahead(asked):
        together = people_called(amina, world.person.name), these(ids)
        assert people_called(amina, "-") == []
        assert these(ids) == alone[1], "asked again, it is asked by itself"
    assert len(captured) == 3, "the three, the roles of a person found, and the one asked again"
    for rows, others in zip(alone, together, strict=True):
        assert [row.__dict__["_stored"] for row in rows] == [row.__dict__["_stored"] for row in others]


@kept_for_all
def very_wide(person: UUID) -> Any:
    wide = {f"again_{number}": F("name") if number % 2 else F("created_at") for number in range(250)}
    return Person.objects.filter(pk=person).annotate(**wide).order_by()


def test_rows_with_more_values_than_a_function_takes_come_whole(world):
    alone = [vars(row) for row in very_wide(world.person.pk)]
    asked = [(very_wide, world.person.pk), (these, (world.person.pk,))]
    with CaptureQueriesContext(connection) as captured, asked_ahead(asked):
        together = [vars(row) for row in very_wide(world.person.pk)]
        assert these((world.person.pk,)) == [world.person]
    for row in (*alone, *together):
        del row["_state"]
    assert together == alone
    assert len(captured) == 1
    assert "row_to_json" not in captured[0]["sql"], "a name for each value would be read with it"


@kept_for_all
def at_a_share_of(share: str, person: UUID) -> Any:
    return Person.objects.filter(pk=person, contact_rules=share)


def test_signs_that_a_database_reads_as_places_of_values_stay_signs(world):
    with writing_allowed():
        Person.objects.filter(pk=world.person.pk).update(contact_rules="100% by $1, %s and %%")
    told = "100% by $1, %s and %%", world.person.pk
    alone = at_a_share_of(*told)
    with asked_ahead([(at_a_share_of, *told), (these, (world.person.pk,))]):
        together = at_a_share_of(*told)
        assert these((world.person.pk,)) == [world.person]
    assert alone == together == [world.person]


def closed_over(shown: int) -> Any:
    @kept
    def question(reader: Actor) -> Any:
        return Person.objects.visible_to(reader)[:shown]

    return question


@kept
def at_this_moment(reader: Actor) -> Any:
    return Person.objects.filter(created_at__lt=timezone.now())


@kept
def asks_first(reader: Actor) -> Any:
    return Person.objects.filter(pk__in=list(Person.objects.values_list("pk", flat=True)))


@kept
def with_rows_beside(reader: Actor) -> Any:
    return Person.objects.prefetch_related(Prefetch("ways"))


@kept
def leaves_out(reader: Actor, person: UUID) -> Any:
    return Person.objects.visible_to(reader)


@kept
def of_a_record(reader: Actor, person: Any) -> Any:
    return Person.objects.filter(pk=person.pk)


def test_what_would_keep_more_than_the_question_is_refused(world):
    amina = afresh(world.amina)
    with pytest.raises(NotKept, match="stand by itself"):
        closed_over(3)
    for question in (at_this_moment, asks_first, with_rows_beside):
        with pytest.raises(NotKept):
            question(amina)
    with pytest.raises(NotKept, match="does not ask"):
        leaves_out(amina, world.person.pk)
    with pytest.raises(NotKept, match="give it the id"):
        of_a_record(amina, world.person)


def test_roles_that_reach_elsewhere_share_what_was_written_and_each_see_their_own(world):
    name = world.person.name
    assert people_called(afresh(world.amina), name) == [world.person]
    elsewhere = twin_of(world.amina, at=(Team.objects.exclude(pk=world.person.team_id).first(), world.south))
    assert people_called(elsewhere, name) == [], "it reaches other teams and localities"
    assert people_called(afresh(world.amina), name) == [world.person]
    assert len([key for key in keeping._for_any_reach if key[0] is people_called]) == 1
    kept_texts = [str(one.params) + one.sql for one in keeping._for_any_reach.values()]
    for place in (world.south.pk, world.person.team_id, world.person.locality_id):
        assert not any(place is not None and (str(place) in text or place.hex in text) for text in kept_texts)


def test_every_kind_of_record_is_asked_for_word_for_word_as_it_would_be_anew():
    everything = [m for m in apps.get_models() if isinstance(m._default_manager.all(), VisibleQuerySet)]
    assert len(everything) > 80
    for grants in ((), *(((role, new_id(), new_id()), (role, None, new_id())) for role in Role)):
        reader = Standing(frozenset(grants), pk=new_id())
        for model in everything:
            told: Any = inside(keys_seen, reader, model)
            anew = model._default_manager.all().visible_to(reader).order_by().values("pk")
            try:
                sql, params = anew.query.get_compiler("default").as_sql()
            except EmptyResultSet:
                assert told == [], model
            else:
                assert told.sql == sql, model
                assert sorted(map(str, told.params)) == sorted(map(str, params)), model


def test_what_is_asked_inside_is_seen_as_it_would_be_alone(world):
    for reader in (afresh(world.amina), afresh(world.lead), world.auditor, AnonymousUser(), SYSTEM):
        alone = set(Person.objects.visible_to(reader).values_list("pk", flat=True))
        rows = Person.objects.filter(pk__in=inside(keys_seen, reader, Person))
        assert set(rows.values_list("pk", flat=True)) == alone


def test_what_is_asked_inside_beside_a_count_is_not_counted_by(world):
    seen = inside(keys_seen, afresh(world.lead), Person)
    rows = Person.objects.annotate(hats_worn=Count("hats")).filter(Q(hats_worn__gt=0) | Q(pk__in=seen)).order_by()
    assert {row.pk for row in rows} == set(Person.objects.values_list("pk", flat=True))
    assert "(SELECT" not in str(rows.query).partition(" GROUP BY ")[2].partition(" HAVING ")[0]


def test_of_many_values_nothing_is_kept(world):
    ids = (world.person.pk, *(new_id() for _ in range(keeping.FEW)))
    assert kept_if_few(these, ids) == [world.person]
    assert not [key for key in keeping._written if key[0] is these]
    assert kept_if_few(these, ids[:2]) == [world.person]
    assert [key for key in keeping._written if key[0] is these]


def test_what_another_thread_wrote_is_asked_with_ones_own_connection(world):
    name, amina = world.person.name, afresh(world.amina)
    _ = amina.standing
    with ThreadPoolExecutor(1) as pool:
        pool.submit(written_and_left, people_called, amina, name).result()
    elsewhere = twin_of(world.amina, at=(Team.objects.exclude(pk=world.person.team_id).first(), world.south))
    assert people_called(elsewhere, name) == []
    assert people_called(amina, name) == [world.person]
    assert [row.pk for row in Person.objects.filter(pk__in=inside(keys_seen, amina, Person), name=name)]
    assert len([key for key in keeping._for_any_reach if key[0] is people_called]) == 1


def written_and_left(question: Any, *told: Any) -> None:
    question.written(told)
    connection.close()
