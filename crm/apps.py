"""The crm app."""

from django.apps import AppConfig

from crm.base.demonstration import demonstration_parts
from crm.base.menu import MenuEntry, menu
from crm.base.naming import lookalikes, name_indexes
from crm.base.readiness import readiness_checks
from crm.base.timeline import glances, home_cards, subject_cards, timeline_sources


class CrmConfig(AppConfig):
    """Fills the registries that lower rooms offer."""

    name = "crm"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Menu entries of the rooms."""
        from crm.accounts import checks as _checks  # noqa: F401  # registers them
        from crm.accounts import permissions as accounts
        from crm.accounts.pressing import led_to, saved_once
        from crm.audit import permissions as audit
        from crm.audit.last import held_at as held_then
        from crm.audit.last import last_change
        from crm.base.editing import Pressing, pressing
        from crm.base.meanwhile import held_at, last_changes

        pressing.add("keys", Pressing(led_to, saved_once))
        last_changes.add("audit", last_change)
        held_at.add("audit", held_then)
        menu.add("home", MenuEntry("Home", "workspace:home", 10, accounts.open_workspace))
        menu.add("staff", MenuEntry("Staff", "workspace:staff", 80, accounts.read_staff))
        menu.add("audit", MenuEntry("Audit", "workspace:audit", 90, audit.read_audit))
        self._say_who_we_know()
        self._show_who_we_know()
        self._obey_what_people_ask()
        self._erase_whoever_asks()
        self._act_on_needs()
        self._say_who_stands_for_whom()
        self._say_who_sits_on_panels()
        self._tell_people()
        self._get_ready_for_the_demonstration()

    def _say_who_we_know(self) -> None:
        """What leads to a person in these rooms, and what search finds."""
        from crm.access.relations import declare_relations_of_access
        from crm.areas.actions import groupings_corrected
        from crm.areas.localities import find_home_again
        from crm.audit.actions import after_writing
        from crm.champions.relations import declare_relations_of_champions
        from crm.declared.relations import declare_relations_of_declared
        from crm.directory.relations import declare_relations_of_directory
        from crm.panels.relations import declare_relations_of_panels
        from crm.people.flags import person_flags, safety_flags
        from crm.people.loading import flag_parts, page_parts
        from crm.people.models import Person
        from crm.people.relations import declare_parts_of_people
        from crm.privacy.relations import declare_relations_of_privacy
        from crm.search.kinds import register_kinds
        from crm.search.relations import declare_relations_of_search
        from crm.search.reports import alike, bearing
        from crm.search.upkeep import follow

        person_flags.add("safety", safety_flags)
        flag_parts.add("rules", "safe_rules")
        flag_parts.add("languages", "language_uses__language")
        page_parts.add("supporters", "supporters")
        page_parts.add("intermediaries", "intermediaries__through_organisation")
        groupings_corrected.add("people", lambda wards: find_home_again(Person, wards))
        declare_parts_of_people()
        declare_relations_of_privacy()
        declare_relations_of_declared()
        declare_relations_of_access()
        declare_relations_of_champions()
        declare_relations_of_directory()
        declare_relations_of_panels()
        declare_relations_of_search()
        register_kinds()
        after_writing.add("search documents", follow)
        lookalikes.add("search", alike)
        name_indexes.add("search", bearing)

    def _show_who_we_know(self) -> None:
        """Their entries in the menu, and what they show on each other's pages."""
        from crm.communities.actions.merging import communities_merged
        from crm.communities.permissions import read_communities
        from crm.directory.permissions import read_directory
        from crm.organisations.actions.merging import carry_groups_over
        from crm.organisations.cards import groups_of, who_a_group_is
        from crm.organisations.permissions import read_organisations, read_services
        from crm.people.cards import around, people_in, who_a_person_is
        from crm.people.lost import lost_lists
        from crm.people.permissions import find_lost_people, read_people
        from crm.search.permissions import search
        from crm.venues.permissions import read_venues

        menu.add("groups", MenuEntry("Groups", "workspace:groups", 50, read_organisations))
        menu.add("services", MenuEntry("Services", "workspace:services", 51, read_services, "groups"))
        menu.add("venues", MenuEntry("Venues", "workspace:venues", 52, read_venues, "groups"))
        menu.add("directory", MenuEntry("Public directory", "workspace:directory", 53, read_directory, "groups"))
        lost_lists.add("people", ("People nobody can read any more", "workspace:lost-people"))
        menu.add("lost", MenuEntry("Records nobody can read", "workspace:lost-people", 85, find_lost_people))
        menu.add("people", MenuEntry("People", "workspace:people", 40, read_people))
        menu.add("communities", MenuEntry("Communities", "workspace:communities", 53, read_communities))
        menu.add("search", MenuEntry("Search", "workspace:search", 60, search))
        communities_merged.add("groups", carry_groups_over)
        subject_cards.add("groups", groups_of)
        subject_cards.add("people", people_in)
        subject_cards.add("around", around)
        glances.add("group", who_a_group_is)
        glances.add("person", who_a_person_is)

    def _obey_what_people_ask(self) -> None:
        """What people allow and asked us to stop: shown wherever a person is met, decided from home."""
        from crm.declared.cards import way_to_declared
        from crm.people.flags import person_flags
        from crm.people.loading import flag_parts, page_parts
        from crm.people.safety import every_way_closed
        from crm.privacy.cards import objections_card, privacy_of
        from crm.privacy.flags import objection_flags
        from crm.privacy.permissions import read_purposes, read_stopped_people
        from crm.privacy.reports import objections_to_everything

        menu.add("purposes", MenuEntry("Purposes", "workspace:purposes", 70, read_purposes, "people"))
        menu.add("stopped", MenuEntry("Stopped records", "workspace:stopped-people", 75, read_stopped_people, "people"))
        person_flags.add("objections", objection_flags)
        flag_parts.add("objections", "objections__purpose")
        page_parts.add("permissions", "permissions_given__purpose")
        page_parts.add("told", "privacy_notices")
        every_way_closed.add("objections", objections_to_everything)
        subject_cards.add("privacy", privacy_of)
        subject_cards.add("declared", way_to_declared)
        home_cards.add("objections", objections_card)

    def _erase_whoever_asks(self) -> None:
        """Requests to be erased: on the person's page, at home of whoever decides, and in the menu."""
        from crm.access.models import AccessNeed
        from crm.erasing.cards import erasure_of, erasures_card
        from crm.erasing.gone import seen_otherwise
        from crm.erasing.permissions import read_erasures
        from crm.erasing.relations import declare_relations_of_erasing
        from crm.panels.models import Application, Membership
        from crm.people.loading import page_parts

        declare_relations_of_erasing()
        for model in (AccessNeed, Application, Membership):
            seen_otherwise.add(model._meta.model_name or "", (model, "person"))
        subject_cards.add("erasing", erasure_of)
        page_parts.add("erasure requests", "erasure_requests")
        home_cards.add("erasures", erasures_card)
        menu.add("erasures", MenuEntry("Requests to be erased", "workspace:erasures", 76, read_erasures, "people"))

    def _act_on_needs(self) -> None:
        """Access needs: their entry in the menu, flags wherever a person is met, and what is due at home."""
        from crm.access.cards import needs_of, reviews_card
        from crm.access.flags import flags_of_needs
        from crm.access.permissions import read_needs
        from crm.people.flags import person_flags
        from crm.people.loading import page_parts

        page_parts.add("no needs", "no_needs__asked_by")
        page_parts.add("needs", "access_needs")
        menu.add("access-needs", MenuEntry("Access needs", "workspace:access-needs", 45, read_needs, "people"))
        person_flags.add("access needs", flags_of_needs)
        subject_cards.add("access needs", needs_of)
        home_cards.add("access needs", reviews_card)

    def _say_who_sits_on_panels(self) -> None:
        """Panels: their entry in the menu, where a person sits, and communities that go on under another."""
        from crm.access.told import told_elsewhere
        from crm.communities.actions.merging import communities_merged
        from crm.equality.views import AFTERWARDS
        from crm.panels.actions.merging import carry_panels_over
        from crm.panels.afterwards import after_sending
        from crm.panels.cards import panels_of
        from crm.panels.permissions.panels import read_panels, read_table
        from crm.panels.permissions.recruitment import read_calls
        from crm.panels.reports.recruitment import told_in_applications

        after_sending.add("equality", AFTERWARDS)
        told_elsewhere.add("applications", told_in_applications)
        menu.add("panels", MenuEntry("Panels", "workspace:panels", 54, read_panels))
        menu.add("table", MenuEntry("Who is at the table", "workspace:table", 55, read_table, "panels"))
        menu.add("calls", MenuEntry("Recruitment", "workspace:calls", 56, read_calls, "panels"))
        communities_merged.add("panels", carry_panels_over)
        subject_cards.add("panels", panels_of)

    def _say_who_stands_for_whom(self) -> None:
        """Champions and roles in governance: the menu, home and people's pages, and what follows changes below."""
        from crm.accounts.actions import invitation_accepted
        from crm.champions.cards import ending_card, own_term_card, roles_of
        from crm.champions.following import carry_champions_over, follow_invitation
        from crm.champions.permissions import read_champions
        from crm.communities.actions.merging import communities_merged

        menu.add("champions", MenuEntry("Champions", "workspace:champions", 46, read_champions, "people"))
        home_cards.add("terms ending", ending_card)
        home_cards.add("own term", own_term_card)
        subject_cards.add("governance", roles_of)
        communities_merged.add("champions", carry_champions_over)
        invitation_accepted.add("champions", follow_invitation)

    def _tell_people(self) -> None:
        """Messages to people: their entry in the menu, what needs somebody at home, what reached a person or group."""
        from crm.panels.letters import register_letters_to_applicants
        from crm.sending.cards import look_at_card, messages_of, write_to
        from crm.sending.kinds import register_letters
        from crm.sending.permissions import read_letters, read_messages
        from crm.sending.relations import declare_relations_of_sending

        menu.add("messages", MenuEntry("Messages", "workspace:messages", 47, read_messages, "people"))
        menu.add("letters", MenuEntry("Letters", "workspace:letters", 48, read_letters, "people"))
        home_cards.add("messages", look_at_card)
        subject_cards.add("write", write_to)
        timeline_sources.add("messages", messages_of)

        declare_relations_of_sending()
        register_letters()
        register_letters_to_applicants()

    def _get_ready_for_the_demonstration(self) -> None:
        """The parts of the demonstration that these rooms own, and the wait for them."""
        from crm.demonstration.parts.around import load_around
        from crm.demonstration.parts.champions import load_champions
        from crm.demonstration.parts.communities import load_communities
        from crm.demonstration.parts.directory import load_directory
        from crm.demonstration.parts.messages import load_messages
        from crm.demonstration.parts.networks import load_networks
        from crm.demonstration.parts.organisations import load_organisations
        from crm.demonstration.parts.panels import load_panels
        from crm.demonstration.parts.people import load_people
        from crm.demonstration.parts.places import load_places
        from crm.demonstration.parts.profiles import load_profiles
        from crm.demonstration.parts.recruitment import load_recruitment
        from crm.demonstration.parts.staff import load_staff
        from crm.demonstration.parts.venues import load_venues
        from crm.demonstration.readiness import council_is_there

        readiness_checks.add("council", council_is_there)
        demonstration_parts.add("places", load_places)
        demonstration_parts.add("staff", load_staff)
        demonstration_parts.add("communities", load_communities)
        demonstration_parts.add("profiles", load_profiles)
        demonstration_parts.add("organisations", load_organisations)
        demonstration_parts.add("networks", load_networks)
        demonstration_parts.add("venues", load_venues)
        demonstration_parts.add("people", load_people)
        demonstration_parts.add("around", load_around)
        demonstration_parts.add("panels", load_panels)
        demonstration_parts.add("recruitment", load_recruitment)
        demonstration_parts.add("champions", load_champions)
        demonstration_parts.add("directory", load_directory)
        demonstration_parts.add("messages", load_messages)
