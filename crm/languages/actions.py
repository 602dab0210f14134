"""Loading the list of languages."""

from __future__ import annotations

from collections.abc import Sequence

from crm.audit.actions import action, write, write_new
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.rules import refuse_input_if
from crm.base.tables import Line
from crm.languages import permissions, rules
from crm.languages.models import Language


@action(permissions.load_languages)
def load_languages(*, actor: Actor, lines: Sequence[Line]) -> int:
    """Make the languages what the lines say, and leave others alone. Returns how many were added or changed: none the
    second time. Raises `InputBlocked` with every mistake and its line."""
    refuse_input_if(rules.blockers_to_loading(lines))
    known = {language.code: language for language in Language.objects.all()}
    new = [_filled(Language(), line) for line in lines if line["code"] not in known]
    corrected = [_filled(known[line["code"]], line) for line in lines if line["code"] in known]
    changed = [language for language in corrected if language.changed_fields()]
    for language in changed:
        write(language, verb=Verb.LANGUAGE_LOADED)
    write_new(new, verb=Verb.LANGUAGE_LOADED)
    return len(new) + len(changed)


def _filled(language: Language, line: Line) -> Language:
    for name in ("code", "name", "own_name", "direction"):
        setattr(language, name, line[name])
    language.is_signed, language.is_spoken_only = line["signed"] == "yes", line["spoken_only"] == "yes"
    return language
