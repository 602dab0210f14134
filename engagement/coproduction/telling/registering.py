"""What this room puts into the registries of lower ones: called once, when the app is ready."""

from __future__ import annotations

from crm.base.menu import MenuEntry, menu
from crm.base.timeline import subject_cards
from crm.counting.releases import counted_monthly
from engagement.coproduction.decisions.following import decision_parts, outcome_parts, untold
from engagement.coproduction.projects.around import project_cards
from engagement.coproduction.projects.closing import before_closing
from engagement.coproduction.telling import cards, permissions
from engagement.coproduction.telling.letters_about import register_letters_of_answers
from engagement.coproduction.telling.opened_again import follow_in_public, to_know_about_public
from engagement.coproduction.telling.owed import owed_to
from engagement.coproduction.telling.reports import monthly, waited
from engagement.coproduction.themes.around import theme_cards
from engagement.log.following import OpenedAgain, opened_again


def register_telling() -> None:
    """The letters, what stands on the pages of decisions and outcomes, the menu, and what is counted each month."""
    counted_monthly.add(monthly.FROM_SAID_TO_TOLD, monthly.count_how_far)
    counted_monthly.add(monthly.HELPED, monthly.count_whether_it_helped)
    counted_monthly.add(waited.HOW_LONG, waited.count_days)
    register_letters_of_answers()
    subject_cards.add("answers", owed_to)
    untold.add("answers", cards.untold_about)
    decision_parts.add("answers", cards.told_about_decision)
    outcome_parts.add("answers", cards.told_about_outcome)
    decision_parts.add("public", cards.in_public)
    before_closing.add("answers", cards.told_before_closing)
    opened_again.add("public", OpenedAgain(to_know_about_public, follow_in_public))
    theme_cards.add("decisions", cards.decided_about_theme)
    project_cards.add("decisions", cards.decided_about_project)
    menu.add(
        "you-said", MenuEntry("You said, we did", "workspace:you-said", 35, permissions.read_public_lines, "decisions")
    )
    read = permissions.read_days_to_answer
    menu.add("days-to-answer", MenuEntry("How long answers take", "workspace:days-to-answer", 72, read, "hearing"))
    menu.add("tellings", MenuEntry("Answers due", "workspace:tellings", 33, permissions.read_tellings, "decisions"))
