"""The answer in words: written in a language and format, and checked by somebody who reads it."""

from __future__ import annotations

from django.db.models import Max
from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, write
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if, refuse_input_if
from crm.sending.reaching import english_is_none
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.telling import permissions, rules
from engagement.coproduction.telling.details import WordsDetails
from engagement.coproduction.telling.models import AnswerWords


@action(permissions.word_answer)
def word_answer(*, actor: User, record: Decision | Outcome, details: WordsDetails) -> AnswerWords:
    """Write the answer in one language and format: a new version. Drafts made before keep their words until they are
    drafted anew. Raises `Blocked`, `InputBlocked` with every reason."""
    fresh = lock(record)
    found = list(rules.blockers_to_wording(fresh, details))
    refuse_if([blocker for blocker in found if not blocker.field])
    refuse_input_if(found)
    of: dict[str, Decision | Outcome] = {"decision" if isinstance(fresh, Decision) else "outcome": fresh}
    tongue = english_is_none(details.language)
    same = AnswerWords.objects.filter(**of, language=tongue, format=details.format)
    last = same.aggregate(last=Max("number"))["last"] or 0
    words = AnswerWords(
        **of,
        language=tongue,
        format=details.format,
        number=last + 1,
        said=details.said.strip(),
        answer=details.answer.replace("\r\n", "\n").strip(),
        machine_draft=details.machine_draft,
        written_by=actor,
    )
    return write(words, verb=Verb.ANSWER_WORDED)


@action(permissions.check_answer_words)
def check_answer_words(
    *, actor: User, words: AnswerWords, checked_by: str, expected_version: int | None = None
) -> AnswerWords:
    """Somebody who reads the language, or Easy Read readers, found the words right: from now on people get them. Raises
    `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(words, expected_version=expected_version)
    found = list(rules.blockers_to_checking(fresh, checked_by))
    refuse_if([blocker for blocker in found if blocker is rules.CHECKED])
    refuse_input_if(found)
    fresh.checked_by, fresh.checked_on = checked_by.strip(), timezone.localdate()
    return write(fresh, verb=Verb.ANSWER_CHECKED)
