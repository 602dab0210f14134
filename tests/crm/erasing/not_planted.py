"""Columns that take letters and into which nobody writes about a person, each with the reason. A column that stands
neither here nor was written into fails the attack: plant it, or say here why nobody could.

Left out without a line: the key of a row, and a column that takes one of a list of choices.
"""

from __future__ import annotations

from fnmatch import fnmatch

REASONS: dict[str, str] = {
    "the account of a colleague, who signs in with it; it ends with the account": """
        crm.user.password crm.user.email crm.user.name
        account.emailaddress.email account.emailconfirmation.key mfa.authenticator.data usersessions.usersession.*
        wagtailusers.userprofile.preferred_language wagtailusers.userprofile.current_time_zone
        wagtailusers.userprofile.dismissibles""",
    "a name or way in its own right: a namesake keeps theirs, a number that two share stays, and the page says so": """
        crm.person.name crm.contactway.value crm.organisation.name crm.venue.name""",
    "the council itself, its places, teams, languages and roles, as its administrators set them up": """
        crm.council.* crm.area.code crm.area.name crm.area.source crm.team.name crm.language.*
        auth.group.name wagtailcore.site.hostname wagtailcore.locale.language_code""",
    "a key, code or kind that our files bring, and by which a row is found": """
        crm.needtype.key crm.needtype.snomed_code crm.purpose.key crm.lettertemplate.key crm.equalitytally.*
        engagement.rung.key engagement.offerkind.key engagement.framework.key engagement.frameworkpart.code
        crm.release.what crm.auditevent.* crm.message.about_kind crm.message.calendar_method crm.idempotencykey.method
        crm.searchdocument.kind engagement.notesrow.picture auth.permission.* contenttypes.contenttype.*""",
    "random, counted or a fingerprint: the machine makes it and nobody types it": """
        crm.application.number crm.draw.pool_hash crm.draw.seed crm.apitoken.start crm.message.message_id
        crm.idempotencykey.owner crm.idempotencykey.body_digest crm.application.recording
        engagement.formatrequest.number *.digest *.uid
        *.file_hash *.standing_mark *.checked_mark *.made_from_mark cms.review.mark *.filter_spec *.focal_point_key
        wagtailembeds.embed.hash wagtailcore.apitoken.key_hash wagtailcore.apitoken.prefix""",
    "four letters and digits of a postcode": "crm.application.postcode_start",
    "where a row stands in a tree, or which row, field or block a library means": """
        wagtailcore.page.path wagtailcore.collection.path *.object_id *.parent_object_id *.to_object_id
        wagtailcore.referenceindex.* wagtail_localize.translationcontext.* wagtailcore.comment.contentpath
        wagtail_localize.translationsource.schema_version wagtail_localize.template.template_format
        wagtailcore.modellogentry.action wagtailcore.pagelogentry.action django_tasks_database.dbtaskresult.task_path
        django_tasks_database.dbtaskresult.queue_name django_tasks_database.dbtaskresult.backend_name
        django_tasks_database.dbtaskresult.worker_ids django_tasks_database.dbtaskresult.exception_class_path""",
    "made of words that are planted elsewhere, and searched with every other table": """
        crm.searchdocument.key wagtailsearch.indexentry.* wagtailsearch.sqliteftsindexentry.* wagtailcore.page.url_path
        """,
    "packed: a draft is planted through a session of its own": "sessions.session.*",
    "empty until the request is decided, and never a name: whoever decides is stopped": """
        crm.erasurerequest.reason crm.erasurerequest.what_happened""",
}
PATTERNS = {pattern: reason for reason, columns in REASONS.items() for pattern in columns.split()}


def why_not(column: str) -> str:
    """Why nobody writes about a person there; empty where somebody may."""
    return next((reason for pattern, reason in PATTERNS.items() if fnmatch(column, pattern)), "")
