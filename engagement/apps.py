"""The engagement app."""

from django.apps import AppConfig

from crm.base.demonstration import demonstration_parts
from crm.base.menu import MenuEntry, menu
from crm.base.timeline import coming, home_cards, subject_cards, timeline_sources


class EngagementConfig(AppConfig):
    """Fills the registries that lower rooms offer."""

    name = "engagement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What the log shows elsewhere, and its entries in the menu."""
        from crm.people.lost import lost_lists
        from engagement.log import cards, permissions

        menu.add("log-contact", MenuEntry("Log a contact", "workspace:log-contact", 15, permissions.log_event))
        menu.add("contacts", MenuEntry("Contacts", "workspace:contacts", 20, permissions.read_events))
        menu.add("promises", MenuEntry("Promises", "workspace:promises", 21, permissions.read_promises, "contacts"))
        # Everyone may read the lists; only who keeps them finds them in the menu.
        menu.add("lists", MenuEntry("Lists", "workspace:lists", 29, permissions.add_topic, "contacts"))
        home_cards.add("today", cards.today_card)
        home_cards.add("waiting", cards.waiting_card)
        home_cards.add("promises", cards.promises_card)
        subject_cards.add("promises", cards.promises_about)
        timeline_sources.add("contacts", cards.contacts_about)
        self._say_who_is_heard()
        self._say_whether_needs_were_met()
        self._say_which_forums_are_held()
        self._keep_children_unquoted()
        lost_lists.add("contacts", ("Contacts nobody can read any more", "workspace:lost-contacts"))
        self._answer_requests_for_formats()
        self._say_who_is_invited()
        self._pass_on_what_champions_keep()
        self._tell_champions_of_groups()
        self._follow_corrected_areas()
        self._keep_public_calendars_new()
        self._show_calendars()
        self._arrange_what_people_need()
        self._say_what_came_of_it()
        self._gather_into_themes()
        self._work_on_questions_together()
        self._follow_the_thread()
        self._say_what_leads_to_people()
        self._take_part_in_the_demonstration()

    def _say_who_is_heard(self) -> None:
        """Who is quiet, who is asked too often, and what they told us already."""
        from engagement.hearing import cards, permissions
        from engagement.log.asking import before_asking

        menu.add("hearing", MenuEntry("Who we hear from", "workspace:hearing", 58, permissions.read_hearing))
        home_cards.add("asked", cards.asked_card)
        home_cards.add("quiet", cards.quiet_card)
        subject_cards.add("heard", cards.heard_about)
        subject_cards.add("told", cards.told_about)
        before_asking.add("asked too often", cards.notes_before_asking)

    def _say_whether_needs_were_met(self) -> None:
        """Beside each contact and each need, and in the report about all of them."""
        from crm.access.history import need_cards
        from crm.people.filters import Narrowing, narrow_people_by
        from engagement.log.around import contact_cards
        from engagement.needs import cards, permissions
        from engagement.needs.unasked import WORDS, nobody_asked

        narrow_people_by("nobody_asked", Narrowing(WORDS, nobody_asked))
        menu.add(
            "access-report",
            MenuEntry("Access report", "workspace:access-report", 70, permissions.read_access_report, "hearing"),
        )
        need_cards.add("outcomes", cards.outcomes_of)
        contact_cards.add("needs", cards.needs_at)

    def _say_which_forums_are_held(self) -> None:
        """Forums: the menu, home, and what is coming for people, groups and communities."""
        from engagement.forums import cards
        from engagement.forums.permissions import forums as permissions
        from engagement.log.diary import diary, written_elsewhere

        menu.add("forums", MenuEntry("Forums", "workspace:forums", 22, permissions.read_forums))
        menu.add("series", MenuEntry("Series", "workspace:series", 23, permissions.read_series, "forums"))
        menu.add("jobs", MenuEntry("Jobs for forums", "workspace:jobs", 24, permissions.read_jobs, "forums"))
        home_cards.add("forums", cards.home_card)
        coming.add("forums", cards.coming_for)
        timeline_sources.add("forums", cards.forums_about)
        diary.add("forums", cards.diary_of)
        written_elsewhere.add("forums", cards.contacts_written_by_forums)

    def _arrange_what_people_need(self) -> None:
        """Every need of whoever comes to a forum becomes an arrangement, and is seen by whoever organises it."""
        from crm.access.coming import people_coming
        from crm.audit.actions import after_writing
        from crm.sending.registry import message_changed
        from engagement.forums import arrangement_cards as cards
        from engagement.forums.actions.following import follow_arrangements, follow_message
        from engagement.forums.coming import coming_people
        from engagement.forums.inviting import forum_parts
        from engagement.forums.permissions import arrangements as permissions
        from engagement.forums.permissions import barriers
        from engagement.forums.telling import register_letters_of_arrangements

        register_letters_of_arrangements()
        message_changed.add("arrangements", follow_message)
        menu.add(
            "arrangements",
            MenuEntry("Arrangements", "workspace:arrangements", 25, permissions.read_arrangements, "forums"),
        )
        menu.add(
            "arrangements-report",
            MenuEntry(
                "Arrangements report",
                "workspace:arrangements-report",
                71,
                permissions.read_arrangements_report,
                "hearing",
            ),
        )
        menu.add(
            "barriers-report",
            MenuEntry("Barriers", "workspace:barriers-report", 72, barriers.read_barriers_report, "hearing"),
        )
        home_cards.add("arrangements", cards.to_make_card)
        forum_parts.add("arrangements", cards.arrangements_of)
        people_coming.add("forums", coming_people)
        after_writing.add("arrangements", follow_arrangements)

    def _gather_into_themes(self) -> None:
        """Themes in the menu, and on the page of each contact."""
        from engagement.coproduction.themes import permissions
        from engagement.coproduction.themes.around import themes_at
        from engagement.log.around import contact_cards

        menu.add("themes", MenuEntry("Themes", "workspace:themes", 27, permissions.read_themes))
        contact_cards.add("themes", themes_at)

    def _answer_requests_for_formats(self) -> None:
        """Requests for other formats: the menu, and home."""
        from engagement.formats import cards, permissions

        menu.add(
            "format-requests",
            MenuEntry("Other formats", "workspace:format-requests", 49, permissions.read_format_requests, "people"),
        )
        home_cards.add("format requests", cards.home_card)

    def _follow_the_thread(self) -> None:
        """The way to the thread from every page of it, how far everything got, and the event log."""
        from crm.audit.actions import after_writing
        from engagement.coproduction.decisions.following import decision_parts, outcome_parts
        from engagement.coproduction.projects.around import project_cards
        from engagement.coproduction.projects.closing import before_closing
        from engagement.coproduction.themes.around import theme_cards
        from engagement.coproduction.thread import around, permissions
        from engagement.coproduction.thread.actions import keep_feed
        from engagement.coproduction.thread.closing import undecided_in
        from engagement.coproduction.thread.finding import register_kinds

        menu.add("how-far", MenuEntry("From said to told", "workspace:how-far", 33, permissions.read_thread, "themes"))
        theme_cards.add("thread", around.way_from_theme)
        project_cards.add("thread", around.way_from_project)
        decision_parts.add("thread", around.way_from_decision)
        outcome_parts.add("thread", around.way_from_outcome)
        after_writing.add("event log", keep_feed)
        register_kinds()
        before_closing.add("decided", undecided_in)

    def _work_on_questions_together(self) -> None:
        """Projects in the menu, and on the pages of themes and of people."""
        from crm.communities.actions.merging import communities_merged
        from crm.counting.releases import counted_monthly
        from crm.sending.registry import message_changed
        from engagement.coproduction.projects import around
        from engagement.coproduction.projects.actions.projects import carry_projects_over
        from engagement.coproduction.projects.letters_about import follow_message, register_letters_of_rounds
        from engagement.coproduction.projects.permissions import projects as permissions
        from engagement.coproduction.projects.reports import leaving
        from engagement.coproduction.themes.around import theme_cards

        register_letters_of_rounds()
        counted_monthly.add(leaving.WHY_LEFT, leaving.count_leavers)
        message_changed.add("felt", follow_message)
        menu.add("projects", MenuEntry("Projects", "workspace:projects", 28, permissions.read_projects, "themes"))
        theme_cards.add("projects", around.projects_on)
        subject_cards.add("projects", around.projects_of)
        communities_merged.add("projects", carry_projects_over)

    def _say_who_is_invited(self) -> None:
        """Invitations: the menu, their part of a forum's pages, and the letters about forums."""
        from crm.base.again import repeatable
        from crm.panels.meetings import member_meetings, panel_meetings
        from crm.sending.registry import message_changed
        from engagement.forums.actions.renewing import due_again, invitation_now, thanks_now
        from engagement.forums.invite_cards import invited_to
        from engagement.forums.inviting import forum_parts, invite_parts
        from engagement.forums.letters_about import register_letters_about_forums
        from engagement.forums.permissions.invitations import read_invitations
        from engagement.forums.reports.panels import meetings_of_member, meetings_of_panels
        from engagement.forums.tasks import go_on_with_letters

        menu.add("invitations", MenuEntry("Invitations", "workspace:invitations", 24, read_invitations, "forums"))
        invite_parts.add("invitations", invited_to)
        forum_parts.add("invitations", invited_to)
        repeatable.add("letters about forums", go_on_with_letters)
        register_letters_about_forums(now=invitation_now, thanks_now=thanks_now)
        message_changed.add("invitations", due_again)
        panel_meetings.add("forums", meetings_of_panels)
        member_meetings.add("forums", meetings_of_member)

    def _pass_on_what_champions_keep(self) -> None:
        """Promises, forums and jobs do not lie when a champion goes."""
        from crm.champions.handover import LeftOpen, handovers
        from engagement.forums.handing_over import pass_on_what_forums_leave
        from engagement.log.handing_over import STAYS, open_promises_of, pass_promises_on

        kind = LeftOpen("open promise", "open promises", open_promises_of, pass_promises_on, STAYS)
        handovers.add("promises", kind)
        pass_on_what_forums_leave()

    def _tell_champions_of_groups(self) -> None:
        """A champion knows the groups of the contacts they may know of."""
        from crm.organisations.models import ways_to_know
        from engagement.log.localities import met_at_contacts_known_to

        ways_to_know.add("contacts", met_at_contacts_known_to)

    def _keep_children_unquoted(self) -> None:
        """Somebody who turns out to be a child is quoted no more."""
        from crm.audit.actions import after_writing
        from engagement.log.children import take_back_quotes_of_children

        after_writing.add("words of children", take_back_quotes_of_children)

    def _follow_corrected_areas(self) -> None:
        """A contact's locality is the one its ward lay in on its day, also when that was entered wrong at first."""
        from crm.areas.actions import groupings_corrected
        from engagement.log.localities import find_localities_of_contacts_again

        groupings_corrected.add("contacts", find_localities_of_contacts_again)

    def _keep_public_calendars_new(self) -> None:
        """What public calendars say is made anew after anything in it changed, and not before."""
        from crm.audit.actions import after_writing
        from engagement.forums.actions.editions import follow_public_calendars

        after_writing.add("public calendars", follow_public_calendars)

    def _show_calendars(self) -> None:
        """The page of calendars in the menu, and the private calendar of a person on their page."""
        from engagement.forums.cards import calendar_of
        from engagement.forums.permissions import calendars

        menu.add("calendars", MenuEntry("Calendars", "workspace:calendars", 26, calendars.read_calendars, "forums"))
        subject_cards.add("calendar", calendar_of)

    def _say_what_came_of_it(self) -> None:
        """What was decided, what is different since, and who is told."""
        from crm.sending.registry import message_changed
        from engagement.coproduction.decisions import permissions as decisions
        from engagement.coproduction.decisions.following import after_deciding
        from engagement.coproduction.frameworks import permissions as frameworks
        from engagement.coproduction.telling.actions.due import follow_answer, make_due
        from engagement.coproduction.telling.registering import register_telling

        register_telling()
        after_deciding.add("answers", make_due)
        message_changed.add("answers", follow_answer)
        read = decisions.read_decisions
        menu.add("decisions", MenuEntry("Decisions", "workspace:decisions", 31, read))
        menu.add("outcomes", MenuEntry("What is different", "workspace:outcomes", 32, read, "decisions"))
        menu.add(
            "frameworks", MenuEntry("Frameworks", "workspace:frameworks", 34, frameworks.read_frameworks, "decisions")
        )

    def _take_part_in_the_demonstration(self) -> None:
        """The lists and the contacts of the demonstration."""
        from crm.demonstration.parts.needs import load_needs
        from engagement.demonstration.arrangements import load_arrangements
        from engagement.demonstration.contacts import load_contacts
        from engagement.demonstration.formats import load_formats
        from engagement.demonstration.forums import load_forums
        from engagement.demonstration.hearing import load_hearing
        from engagement.demonstration.held import load_held
        from engagement.demonstration.invitations import load_invitations
        from engagement.demonstration.lists import load_lists
        from engagement.demonstration.needs_met import load_needs_met
        from engagement.demonstration.panel_meetings import load_panel_meetings
        from engagement.demonstration.thread import load_thread, release_first_figures
        from engagement.demonstration.together import load_together

        demonstration_parts.add("lists", load_lists)
        demonstration_parts.add("contacts", load_contacts)
        demonstration_parts.add("hearing", load_hearing)
        demonstration_parts.add("needs", load_needs)
        demonstration_parts.add("needs met", load_needs_met)
        demonstration_parts.add("forums", load_forums)
        demonstration_parts.add("invitations", load_invitations)
        demonstration_parts.add("arrangements", load_arrangements)
        demonstration_parts.add("formats", load_formats)
        demonstration_parts.add("themes and projects", load_together)
        demonstration_parts.add("thread", load_thread)
        demonstration_parts.add("panel meetings", load_panel_meetings)
        demonstration_parts.add("forums held", load_held)
        demonstration_parts.add("figures of each month", release_first_figures)

    def _say_what_leads_to_people(self) -> None:
        """What the log keeps about a person, for merging, erasing, exporting and keeping; and what search finds."""
        from crm.erasing.near import near_people, when_erased
        from engagement.coproduction.projects.relations import declare_relations_of_projects
        from engagement.coproduction.telling.relations import declare_relations_of_telling
        from engagement.forums.gone import declare_who_is_told
        from engagement.forums.near import forums_near
        from engagement.forums.relations import declare_relations_of_forums
        from engagement.forums.reports.calendars import forget_texts
        from engagement.log.actions.forgetting import stop_quoting
        from engagement.log.finding import register_kinds
        from engagement.log.near import contacts_near
        from engagement.log.relations import declare_relations_of_log

        near_people.add("contacts", contacts_near)
        near_people.add("forums", forums_near)
        when_erased.add("quoting", stop_quoting)
        when_erased.add("texts of calendars", forget_texts)
        declare_relations_of_log()
        declare_relations_of_forums()
        declare_who_is_told()
        declare_relations_of_projects()
        declare_relations_of_telling()
        register_kinds()
