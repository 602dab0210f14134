"""How each action is called in a world: who may, and with what. A new action stands here once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from cms.details import CheckDetails
from crm.access.details import NeedDetails, NeedTypeDetails, NoNeedDetails, ReviewDetails
from crm.access.files import shipped_need_types
from crm.access.models import NeedType
from crm.areas.files import read_area_files
from crm.audit.reports import AuditFilter
from crm.base.actors import SYSTEM
from crm.base.writing import writing_allowed
from crm.champions.details import GovernanceRoleDetails, LearningDetails
from crm.communities.actions import add_community
from crm.communities.details import CommunityDetails, CommunityFactDetails
from crm.declared.details import DeclarationDetails
from crm.languages.files import shipped_languages
from crm.languages.models import Language
from crm.organisations.details import OrganisationDetails, ServiceDetails, SupportGivenDetails
from crm.panels.actions.applying import start_application
from crm.panels.actions.drawing import freeze_pool
from crm.panels.details.panels import (
    LeaveDetails,
    MembershipDetails,
    NatureDetails,
    NoteDetails,
    PanelDetails,
    SeatDetails,
)
from crm.panels.details.recruitment import Decision
from crm.panels.letters import ABOUT
from crm.panels.models import RecruitmentCall
from crm.people.details import IntermediaryDetails, PersonDetails, SupporterDetails, WayDetails
from crm.privacy.details import (
    BasisDetails,
    NoticeDetails,
    ObjectionDetails,
    PermissionDetails,
    PurposeDetails,
    RestrictionDetails,
)
from crm.privacy.files import read_purposes
from crm.sending.actions import Answer
from crm.sending.details import About, Recipient, VersionDetails
from crm.sending.files import read_letters
from crm.venues.details import VenueDetails, VenueFactDetails
from engagement.forums.actions.calendars import make_calendar_link
from engagement.forums.answers import AnswerDetails
from engagement.forums.arranging import GoneDetails
from engagement.forums.details import RhythmDetails
from engagement.forums.files import read_calendar_days
from engagement.forums.models import Forum, OfferKind
from engagement.hearing.reports.grid import Wanted
from engagement.needs.details import OutcomeDetails
from tests.crm.access.helpers import a_need, a_no_need, a_type
from tests.crm.champions.helpers import a_governance_role, an_appointment, term
from tests.crm.directory import helpers as listing
from tests.crm.panels import calling
from tests.crm.panels.helpers import a_member, a_panel, a_seat
from tests.crm.privacy import helpers as around
from tests.crm.sending import helpers as sending
from tests.engagement.coproduction import calls as together
from tests.engagement.formats import helpers as asking
from tests.engagement.forums import coming as arranging
from tests.engagement.forums import helpers as planning
from tests.engagement.forums import inviting
from tests.engagement.needs.helpers import an_outcome
from tests.house.addresses import a_page, community_fact
from tests.house.calls_at_forums import HELD
from tests.house.calls_of_accounts import CALLS_OF_ACCOUNTS
from tests.house.calls_of_lists import CALLS_OF_LISTS
from tests.house.calls_of_the_log import LOGGED
from tests.house.shared import gone
from tests.house.source import ROOT
from tests.house.thread_calls import CALLS_OF_THE_THREAD
from tests.world import LONG_AGO, World

CHECK = CheckDetails("Amina", "person", "People First", LONG_AGO, "readers", LONG_AGO)
Call = tuple[Any, dict[str, Any]]


def _said(world: World) -> Call:
    invitation = inviting.an_invitation(world)
    return world.amina, {"invitation": inviting.says(invitation, "cannot_but_say", to_say="Ring before you come.")}


def _answer_by_link(world: World) -> Call:
    invitation = inviting.an_invitation(world)
    details = AnswerDetails(answer="yes")
    return AnonymousUser(), {"invitation": invitation, "secret": invitation.secret, "details": details}


def _waits(world: World) -> Call:
    forum = inviting.an_open_forum(world, capacity=1)
    inviting.says(inviting.a_guest(world, forum))
    inviting.says(inviting.a_guest(world, forum))
    with writing_allowed():
        Forum.objects.filter(pk=forum.pk).update(capacity=2)
    return SYSTEM, {}


def _soon(world: World) -> Call:
    forum = inviting.prepared(world)
    inviting.says(forum.invitations.get())
    with writing_allowed():
        Forum.objects.filter(pk=forum.pk).update(on=timezone.localdate() + timedelta(days=1))
    return SYSTEM, {}


def _long_over(world: World) -> Call:
    invitation = inviting.says(inviting.an_invitation(world), help_words="A chair with arms")
    with writing_allowed():
        Forum.objects.filter(pk=invitation.forum_id).update(on=timezone.localdate() - timedelta(weeks=5))
    return SYSTEM, {}


def _answers_an_applicant(w: World) -> Call:
    sent, letter = calling.sent_and_closed(w), sending.letters(w)
    about = About(ABOUT, sent.pk)
    return w.lead, {"address": "halina@post.example", "purpose": letter.purpose, "template_key": letter.key,
                    "values": sending.WORDS, "about": about}  # fmt: skip


def _draft(world: World) -> Call:
    sending.letters(world)
    to = Recipient(person=sending.reachable(world))
    told = {"purpose": sending.answering(world), "template_key": "thank-you", "values": sending.WORDS}
    return world.amina, {"to": to, **told}


def _of_sender(message: Any) -> dict[str, Any]:
    return {"message": message, "attempt": message.attempt}


def _given_back(world: World) -> Call:
    message = sending.claimed(world)
    return SYSTEM, {"messages": [message], "attempt": message.attempt}


def _need_type(name: str) -> NeedTypeDetails:
    return NeedTypeDetails(name=name, kind="communication", group="format", what_to_do="Send symbols")


def _areas(world: World) -> Call:
    """The shipped files, as if they were those of the world's own council."""
    files = read_area_files(ROOT / "crm" / "areas" / "data" / "birmingham")
    council = replace(files.council[0], values={**files.council[0].values, "code": world.council.code})
    return SYSTEM, {"files": replace(files, council=[council])}


def _languages(world: World) -> Call:
    with writing_allowed():
        Language.objects.update(own_name="?")
    return SYSTEM, {"lines": shipped_languages()}


def _merger(world: World) -> Call:
    stays = add_community(actor=world.lead, details=CommunityDetails(name="South Asian communities"))
    return world.lead, {"community": world.community, "into": stays, "reason": "They asked for one name"}


def _between(world: World, **changes: Any) -> IntermediaryDetails:
    return IntermediaryDetails("She said so", timezone.localdate(), through_organisation=world.group, **changes)


def _applicant(world: World, *, answered: bool = False, **given: Any) -> Call:
    """Somebody with the link of an application that is not sent yet."""
    if answered:
        application = calling.an_application(world, send=False)
    else:
        application = start_application(actor=AnonymousUser(), call=calling.a_call(world), secret=calling.SECRET)
    return AnonymousUser(), {"application": application, "secret": calling.SECRET, **given}


def _frozen(world: World) -> Call:
    call = calling.a_random_call(world)
    freeze_pool(actor=world.lead, call=call, quotas={})
    return world.lead, {"call": call}


def _old_application(world: World) -> Call:
    calling.an_application(world)
    with writing_allowed():
        RecruitmentCall.objects.update(opens_on=LONG_AGO, closes_on=LONG_AGO, answer_by=LONG_AGO)
    return SYSTEM, {}


def _longer_ago(world: World) -> Call:
    """A series whose last dates were not made yet."""
    series = planning.a_series(world, dates=None)
    with writing_allowed():
        series.forums.filter(on__gt=planning.in_days(200)).delete()
    return SYSTEM, {}


def _long_answered(world: World) -> Call:
    asking.long_finished(world)
    return SYSTEM, {}


def _days() -> Any:
    return read_calendar_days(ROOT / "engagement" / "demonstration" / "data" / "calendar_days.csv")


FORUMS: dict[str, Callable[[World], Call]] = {
    "make_calendar_link": lambda w: (w.amina, {"person": w.person}),
    "end_calendar_link": lambda w: (w.amina, {"link": make_calendar_link(actor=w.amina)}),
    "plan_forum": lambda w: (w.chen, {"details": planning.forum_details(w)}),
    "plan_series": lambda w: (w.chen, {"details": planning.forum_details(w), "rhythm": RhythmDetails("monthly")}),
    "change_forum": lambda w: (
        w.amina,
        {"forum": planning.a_forum(w), "details": planning.forum_details(w, title="Breaks for carers")},
    ),
    "repeat_forum": lambda w: (w.amina, {"forum": planning.a_forum(w), "rhythm": RhythmDetails("two_monthly")}),
    "change_series": lambda w: (
        w.amina,
        {
            "series": planning.a_series(w),
            "details": planning.forum_details(w, title="Breaks"),
            "rhythm": RhythmDetails("two_monthly", dates=3),
        },
    ),
    "end_series": lambda w: (w.amina, {"series": planning.a_series(w)}),
    "extend_series": _longer_ago,
    "skip_date": lambda w: (w.amina, {"forum": planning.a_date(w)}),
    "move_forum": lambda w: (w.amina, {"forum": planning.a_date(w), "on": planning.in_days(70)}),
    "open_forum": lambda w: (w.amina, {"forum": planning.a_forum(w)}),
    "cancel_forum": lambda w: (w.amina, {"forum": planning.a_forum(w), "reason": "The hall is flooded"}),
    "give_forum": lambda w: (w.amina, {"forum": planning.a_forum(w), "owner": w.chen}),
    "give_series": lambda w: (w.amina, {"series": planning.a_series(w), "owner": w.chen}),
    "finish_job": lambda w: (w.amina, {"job": planning.a_job(w)}),
    "give_job": lambda w: (w.amina, {"job": planning.a_job(w), "owner": w.chen}),
    "ask_for": lambda w: (w.amina, {"invitation": arranging.comes(w), "words": "A chair by the door"}),
    "book_arrangement": lambda w: (w.amina, {"arrangement": arranging.an_arrangement(w), "details": arranging.BOOKING}),
    "confirm_arrangement": lambda w: (w.amina, {"arrangement": arranging.booked(w)}),
    "tell_arrangement": lambda w: (w.amina, {"arrangement": arranging.confirmed(w)}),
    "let_fall_through": lambda w: (w.amina, {"arrangement": arranging.booked(w), "reason": "She is ill"}),
    "drop_arrangement": lambda w: (w.amina, {"arrangement": arranging.an_arrangement(w), "reason": "She brings one"}),
    "note_arrangement": lambda w: (
        w.amina,
        {"arrangement": arranging.on_its_day(arranging.told(w)), "details": GoneDetails(there=True, met="met")},
    ),
    "export_arrangements_report": lambda w: (w.analyst, {}),
    "mark_ready": lambda w: (w.amina, {"forum": arranging.an_arrangement(w).forum, "reason": "Her sister signs"}),
    "load_calendar_days": lambda w: (SYSTEM, {"lines": _days()}),
}
CALLS: dict[str, Callable[[World], Call]] = {
    **FORUMS,
    "sign_off": lambda w: (w.checker, {"page": a_page(), "details": CHECK}),
    "ask_for_format": lambda w: (AnonymousUser(), {"details": asking.details(w)}),
    "add_format_request": lambda w: (w.amina, {"details": asking.details(w)}),
    "answer_format_request": lambda w: (
        w.amina,
        {"request": asking.a_request(w), "state": "answered", "outcome": "Rang her"},
    ),
    "give_format_request": lambda w: (w.amina, {"request": asking.a_request(w), "owner": w.checker}),
    "forget_format_requests": _long_answered,
    **HELD,
    **LOGGED,
    "add_community": lambda w: (w.lead, {"details": CommunityDetails(name="Somali community", parent=w.community)}),
    "change_community": lambda w: (
        w.lead,
        {"community": w.community, "details": CommunityDetails(name="Kashmiri communities")},
    ),
    "note_good_to_know": lambda w: (w.amina, {"community": w.community, "words": "Not on Friday at noon."}),
    "merge_community": _merger,
    "export_hearing": lambda w: (w.analyst, {"wanted": Wanted(LONG_AGO, timezone.localdate())}),
    "add_community_fact": lambda w: (
        w.chen,
        {"community": w.community, "details": CommunityFactDetails(words="Tea first.")},
    ),
    "correct_community_fact": lambda w: (
        w.chen,
        {"fact": community_fact(w), "details": CommunityFactDetails(words="Coffee.", said_by="The elders")},
    ),
    "end_community_fact": lambda w: (w.amina, {"fact": community_fact(w), "reason": "They moved"}),
    "add_organisation": lambda w: (w.amina, {"details": OrganisationDetails(name="Somali carers' circle")}),
    "change_organisation": lambda w: (
        w.amina,
        {"organisation": w.group, "details": OrganisationDetails(name="Al-Noor women", area=w.east_ward)},
    ),
    "confirm_organisation": lambda w: (w.amina, {"organisation": w.group, "with_whom": "the chair"}),
    "add_service": lambda w: (w.amina, {"organisation": w.group, "details": ServiceDetails(name="Lunch")}),
    "change_service": lambda w: (w.amina, {"service": w.service, "details": ServiceDetails(name="Lunch club")}),
    "confirm_service": lambda w: (w.amina, {"service": w.service}),
    "end_service": lambda w: (w.amina, {"service": w.service}),
    "add_support_given": lambda w: (
        w.amina,
        {"organisation": w.group, "details": SupportGivenDetails(given_on=timezone.localdate(), words="A bid")},
    ),
    "change_support_given": lambda w: (
        w.amina,
        {"support": w.support_given, "details": SupportGivenDetails(given_on=timezone.localdate(), words="Two bids")},
    ),
    "add_venue": lambda w: (w.amina, {"details": VenueDetails(name="The library")}),
    "change_venue": lambda w: (w.amina, {"venue": w.venue, "details": VenueDetails(name="Mill Street Hall")}),
    "check_venue": lambda w: (
        w.amina,
        {"venue": w.venue, "facts": [VenueFactDetails("hearing_loop", "no", checked_on=timezone.localdate())]},
    ),
    "add_call": lambda w: (w.lead, {"details": calling.call_details(w)}),
    "change_call": lambda w: (w.lead, {"call": calling.a_call(w), "details": calling.call_details(w, places=9)}),
    "open_call": lambda w: (w.lead, {"call": calling.a_call(w, "draft")}),
    "close_call": lambda w: (w.lead, {"call": calling.a_call(w)}),
    "finish_call": lambda w: (w.lead, {"call": calling.a_call(w, "choosing")}),
    "read_applications": lambda w: (w.lead, {"applications": [calling.an_application(w)]}),
    "enter_application": lambda w: (
        w.amina,
        {"call": calling.a_call(w), "how": "phone", "answers": calling.HALINA},
    ),
    "shortlist_application": lambda w: (w.lead, {"application": calling.sent_and_closed(w)}),
    "decide_application": lambda w: (
        w.lead,
        {"application": calling.sent_and_closed(w), "decision": Decision("reserve", "Others came first")},
    ),
    "record_offer_answer": lambda w: (
        w.lead,
        {"application": calling.decided(w, calling.sent_and_closed(w)), "accepts": True},
    ),
    "close_offer": lambda w: (w.lead, {"application": calling.an_old_offer(w)}),
    "seat_applicant": lambda w: (w.lead, {"application": calling.an_offer(w)}),
    "freeze_pool": lambda w: (w.lead, {"call": calling.a_random_call(w), "quotas": {}}),
    "draw_members": _frozen,
    "take_pool": lambda w: (w.auditor, {"call": calling.a_draw(w)}),
    "forget_applications": _old_application,
    "start_application": lambda w: (AnonymousUser(), {"call": calling.a_call(w), "secret": calling.SECRET}),
    "answer_application": lambda w: _applicant(w, answers=calling.HALINA),
    "answer_pool_questions": lambda w: _applicant(w, agreed=True, features={}),
    "send_application": lambda w: _applicant(w, answered=True),
    "answer_equality": lambda w: (AnonymousUser(), calling.telling_about_themselves(w)),
    "take_back_application": _applicant,
    "answer_offer": lambda w: (
        AnonymousUser(),
        {
            "application": calling.decided(w, calling.sent_and_closed(w)),
            "secret": calling.SECRET,
            "accepts": False,
        },
    ),
    "add_panel": lambda w: (
        w.lead,
        {"details": PanelDetails("Carers' panel"), "nature": NatureDetails("focus_group", "Talk")},
    ),
    "change_panel": lambda w: (w.lead, {"panel": a_panel(w), "details": PanelDetails("East panel")}),
    "change_panel_nature": lambda w: (
        w.lead,
        {"panel": a_panel(w), "details": NatureDetails("focus_group", "Talk", "Smaller is easier")},
    ),
    "end_panel": lambda w: (w.lead, {"panel": a_panel(w), "reason": "It is done"}),
    "add_seat": lambda w: (w.lead, {"panel": a_panel(w), "details": SeatDetails("Carer seat")}),
    "change_seat": lambda w: (w.lead, {"seat": a_seat(w), "details": SeatDetails("Carer seat")}),
    "end_seat": lambda w: (w.lead, {"seat": a_seat(w)}),
    "add_membership": lambda w: (
        w.amina,
        {"panel": a_panel(w), "person": w.person, "details": MembershipDetails()},
    ),
    "change_membership": lambda w: (
        w.amina,
        {"membership": a_member(w), "details": MembershipDetails(role="chair")},
    ),
    "leave_panel": lambda w: (w.amina, {"membership": a_member(w), "details": LeaveDetails("time")}),
    "note_about_member": lambda w: (
        w.amina,
        {"membership": a_member(w), "details": NoteDetails("training", "Safeguarding")},
    ),
    "add_person": lambda w: (
        w.amina,
        {"details": PersonDetails(name="Ayaan", ways=[WayDetails(kind="letter", value="At the mosque")])},
    ),
    "change_person": lambda w: (
        w.amina,
        {"person": w.person, "details": PersonDetails(name="Parveen Akhtar", area=w.east_ward)},
    ),
    "invite": lambda w: (w.amina, {"forum": inviting.an_open_forum(w), "people": [w.person]}),
    "renew_link": lambda w: (w.amina, {"invitation": inviting.an_invitation(w)}),
    "log_what_was_said": _said,
    "hold_places": lambda w: (
        w.amina,
        {"forum": inviting.an_open_forum(w, capacity=5), "details": inviting.held_details(w)},
    ),
    "release_places": lambda w: (w.amina, {"held": inviting.held(w)}),
    "start_answer": lambda w: (AnonymousUser(), {"forum": inviting.an_open_forum(w)}),
    "answer_invitation": _answer_by_link,
    "record_answer": lambda w: (
        w.amina,
        {"invitation": inviting.an_invitation(w), "details": AnswerDetails(answer="maybe")},
    ),
    "prepare_letters": lambda w: (w.amina, {"forum": inviting.to_be_told(w)}),
    "send_letters": lambda w: (w.amina, {"forum": inviting.prepared(w)}),
    "remind_invited": _soon,
    "offer_free_places": _waits,
    "forget_answers": _long_over,
    "load_need_types": lambda w: (SYSTEM, gone(OfferKind, NeedType) and {"lines": shipped_need_types()}),
    "add_need_type": lambda w: (w.lead, {"details": _need_type("Widgit symbols")}),
    "change_need_type": lambda w: (w.lead, {"need_type": a_type(), "details": _need_type("Interpreter who signs")}),
    "record_need": lambda w: (w.amina, {"person": w.person, "details": NeedDetails(type=a_type())}),
    "change_need": lambda w: (w.amina, {"need": a_need(w), "details": NeedDetails(type=a_type("easy-read"))}),
    "review_need": lambda w: (w.amina, {"need": a_need(w), "details": ReviewDetails()}),
    "share_need": lambda w: (w.amina, {"need": a_need(w, may_share="yes"), "shared_with": "The agency"}),
    "note_outcome": lambda w: (
        w.amina,
        {"need": a_need(w), "event": w.contact(people=[w.person]), "details": OutcomeDetails(met="met")},
    ),
    "change_outcome": lambda w: (
        w.amina,
        {"outcome": an_outcome(w), "details": OutcomeDetails(met="not_met", why="no_money")},
    ),
    "export_access_report": lambda w: (w.lead, {"until": timezone.localdate(), "locality": w.east}),
    "note_no_need": lambda w: (w.amina, {"person": w.person, "details": NoNeedDetails()}),
    "take_back_no_need": lambda w: (w.amina, {"no_need": a_no_need(w), "reason": "Nobody asked her"}),
    "end_need": lambda w: (w.amina, {"need": a_need(w), "reason": "She moved away"}),
    "name_reader_of_person": lambda w: (
        w.administrator,
        {"person": around.a_lost_person(w), "reader": w.amina},
    ),
    "name_reader_of_event": lambda w: (w.administrator, {"event": around.a_lost_event(w), "reader": w.amina}),
    "add_supporter": lambda w: (w.amina, {"person": w.person, "details": SupporterDetails("her father")}),
    "change_supporter": lambda w: (
        w.amina,
        {"supporter": around.a_supporter(w), "details": SupporterDetails("her uncle")},
    ),
    "end_supporter": lambda w: (w.amina, {"supporter": around.a_supporter(w)}),
    "add_intermediary": lambda w: (w.amina, {"person": w.person, "details": _between(w)}),
    "change_intermediary": lambda w: (
        w.amina,
        {"intermediary": around.an_intermediary(w), "details": _between(w, gatekeeper_risk="He answers for her")},
    ),
    "end_intermediary": lambda w: (w.amina, {"intermediary": around.an_intermediary(w)}),
    "add_purpose": lambda w: (w.lead, {"details": PurposeDetails("Listen to you", bases=[BasisDetails()])}),
    "change_purpose": lambda w: (
        w.lead,
        {"purpose": around.a_purpose(w), "details": PurposeDetails("Listen", bases=[BasisDetails()])},
    ),
    "load_purposes": lambda w: (SYSTEM, {"lines": read_purposes()}),
    "record_notice": lambda w: (w.amina, {"person": w.person, "details": NoticeDetails(timezone.localdate())}),
    "record_permission": lambda w: (
        w.amina,
        {"person": w.person, "details": PermissionDetails(around.a_purpose(w), timezone.localdate(), "She said so")},
    ),
    "withdraw_permission": lambda w: (w.amina, {"given": around.a_permission(w), "how": "By phone"}),
    "record_objection": lambda w: (w.amina, {"person": w.person, "details": ObjectionDetails(timezone.localdate())}),
    "decide_objection": lambda w: (
        w.lead,
        {"objection": around.an_objection(w), "outcome": "granted", "reason": "We stopped"},
    ),
    "restrict_person": lambda w: (w.amina, {"person": w.person, "details": RestrictionDetails(timezone.localdate())}),
    "lift_restriction": lambda w: (w.lead, {"restriction": around.stopped(w), "reason": "She came back"}),
    "read_stopped_people": lambda w: (w.lead, {"people": [around.stopped(w).person]}),
    "declare_community": lambda w: (
        w.amina,
        {
            "person": w.person,
            "details": DeclarationDetails(w.community, around.a_purpose(w), timezone.localdate()),
        },
    ),
    "withdraw_declaration": lambda w: (w.amina, {"declaration": around.a_declaration(w)}),
    "read_declared_communities": lambda w: (w.amina, {"people": [w.person]}),
    "appoint_champion": lambda w: (w.lead, {"details": term(w)}),
    "change_appointment": lambda w: (
        w.lead,
        {"appointment": an_appointment(w), "details": term(w, days=300, communities=[w.nested])},
    ),
    "end_appointment": lambda w: (
        w.lead,
        {"appointment": an_appointment(w), "reason": "She moved", "last_day": timezone.localdate()},
    ),
    "hand_over": lambda w: (w.lead, {"appointment": an_appointment(w), "hand_over_to": w.amina}),
    "add_learning": lambda w: (
        w.lead,
        {"appointment": an_appointment(w), "details": LearningDetails("training", "Small numbers")},
    ),
    "add_governance_role": lambda w: (
        w.amina,
        {"person": w.person, "details": GovernanceRoleDetails("leader", "The board", timezone.localdate())},
    ),
    "change_governance_role": lambda w: (
        w.amina,
        {"role": a_governance_role(w), "details": GovernanceRoleDetails("leader", "The board", timezone.localdate())},
    ),
    "end_governance_role": lambda w: (w.amina, {"role": a_governance_role(w), "last_day": timezone.localdate()}),
    "note_influence": lambda w: (
        w.amina,
        {"role": a_governance_role(w), "words": "The letter is shorter", "happened_on": timezone.localdate()},
    ),
    **CALLS_OF_ACCOUNTS,
    "read_audit": lambda w: (w.auditor, {"wanted": AuditFilter()}),
    "rebuild_search": lambda w: (SYSTEM, {}),
    "draft_message": _draft,
    "answer_guest": _answers_an_applicant,
    "queue_messages": lambda w: (w.amina, {"messages": [sending.a_draft(w)]}),
    "withdraw_message": lambda w: (w.amina, {"message": sending.waiting(w)}),
    "decide_message": lambda w: (w.amina, {"message": sending.answered(w, "not_known"), "decision": "send_again"}),
    "note_posted": lambda w: (w.amina, {"message": sending.to_print(w)}),
    "note_told": lambda w: (w.amina, {"message": sending.to_phone(w), "result": "spoke"}),
    "claim_messages": lambda w: (SYSTEM, {"attempt": sending.waiting(w).pk}),
    "begin_handing_over": lambda w: (SYSTEM, _of_sender(sending.claimed(w))),
    "note_handed_over": lambda w: (SYSTEM, {**_of_sender(sending.being_handed_over(w)), "answer": Answer("taken")}),
    "give_back": _given_back,
    "settle_lost": lambda w: (SYSTEM, sending.lease_ran_out(sending.being_handed_over(w)) and {}),
    "forget_messages": lambda w: (SYSTEM, sending.ended_long_ago(w) and {}),
    "load_letter_templates": lambda w: (SYSTEM, sending.answering(w) and {"letters": read_letters()}),
    "add_letter_version": lambda w: (
        w.lead,
        {"letter": sending.letters(w), "details": VersionDetails("Thank you", "{words}")},
    ),
    "check_letter_version": lambda w: (w.lead, {"version": sending.machine_draft(w), "checked_by": "Urdu speakers"}),
    "load_areas": _areas,
    "load_languages": _languages,
    **together.CALLS,
    **listing.CALLS,
}
# Actions that cannot run in a world, and where they are tried instead.
CALLS |= CALLS_OF_THE_THREAD | CALLS_OF_LISTS
ELSEWHERE = {"load_demonstration": "tests/crm/demonstration"}
