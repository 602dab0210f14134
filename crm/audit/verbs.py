"""Every verb the audit knows, and what erasing a person blanks in the revisions made under it."""

from django.db import models


class Verb(models.TextChoices):
    """What somebody did. The words are the auditor's; the documents list them all."""

    CONTACT_LOGGED = "contact.logged", "Logged a contact"
    CONTACT_CORRECTED = "contact.corrected", "Corrected a contact"
    CONTACT_WITHDRAWN = "contact.withdrawn", "Withdrew a contact"
    CONTACT_RESTRICTED = "contact.restricted", "Changed who may read a contact"
    CONTACTS_EXPORTED = "contact.exported", "Exported contacts"
    CONTACT_READ = "contact.read", "Read a restricted contact"
    POINT_ADDED = "point.added", "Added a point"
    POINT_CORRECTED = "point.corrected", "Corrected a point"
    PROMISE_MADE = "promise.made", "Made a promise"
    PROMISE_KEPT = "promise.kept", "Kept a promise"
    PROMISE_CHANGED = "promise.changed", "Changed a promise"
    PROMISE_BROKEN = "promise.broken", "Recorded a broken promise"
    PROMISE_WITHDRAWN = "promise.withdrawn", "Withdrew a promise"
    SAFEGUARDING_PASSED_ON = "safeguarding.passed_on", "Passed a safeguarding concern on"
    PERSON_READ = "person.read", "Read a restricted person"
    PERSON_ADDED = "person.added", "Added a person"
    PERSON_CHANGED = "person.changed", "Changed a person"
    SUPPORTER_ADDED = "supporter.added", "Added who supports a person"
    SUPPORTER_CHANGED = "supporter.changed", "Changed who supports a person"
    SUPPORTER_ENDED = "supporter.ended", "Ended who supports a person"
    INTERMEDIARY_ADDED = "intermediary.added", "Added through whom a person is reached"
    INTERMEDIARY_CHANGED = "intermediary.changed", "Changed through whom a person is reached"
    INTERMEDIARY_ENDED = "intermediary.ended", "Ended through whom a person is reached"
    PURPOSE_ADDED = "purpose.added", "Added a purpose"
    PURPOSE_CHANGED = "purpose.changed", "Changed a purpose"
    PRIVACY_TOLD = "privacy.told", "Recorded that a person was told what we do with what we know"
    PERMISSION_GIVEN = "permission.given", "Recorded a permission to get in touch"
    PERMISSION_WITHDRAWN = "permission.withdrawn", "Recorded that a permission was taken back"
    OBJECTION_RAISED = "objection.raised", "Recorded an objection"
    OBJECTION_DECIDED = "objection.decided", "Decided on an objection"
    RECORD_STOPPED = "person.stopped", "Stopped using a person's record"
    RECORD_RELEASED = "person.released", "Used a stopped person's record again"
    STOPPED_READ = "person.stopped_read", "Read who asked us to stop using their record"
    ERASURE_ASKED = "erasure.asked", "Recorded that somebody asks to be erased"
    ERASURE_DECIDED = "erasure.decided", "Decided on a request to be erased"
    PERSON_ERASED = "person.erased", "Erased a person"
    DECLARATION_MADE = "declaration.made", "Recorded a community that a person declared"
    DECLARATION_WITHDRAWN = "declaration.withdrawn", "Recorded that a declared community was taken back"
    DECLARATION_READ = "declaration.read", "Read which communities a person declared"
    READER_NAMED = "reader.named", "Named a new reader of what nobody could read any more"
    ORGANISATION_ADDED = "organisation.added", "Added a group or organisation"
    ORGANISATION_CHANGED = "organisation.changed", "Changed a group or organisation"
    ORGANISATION_CONFIRMED = "organisation.confirmed", "Confirmed with a group that what we know is right"
    SERVICE_ADDED = "service.added", "Added a service of a group"
    SERVICE_CHANGED = "service.changed", "Changed a service of a group"
    SERVICE_CONFIRMED = "service.confirmed", "Confirmed that a service runs"
    SERVICE_ENDED = "service.ended", "Ended a service of a group"
    SUPPORT_GIVEN_ADDED = "support_given.added", "Wrote down support given to a group"
    SUPPORT_GIVEN_CHANGED = "support_given.changed", "Corrected support given to a group"
    ENTRY_LISTED = "entry.listed", "Put a group into the public directory"
    ENTRY_CHANGED = "entry.changed", "Changed an entry of the public directory"
    ENTRY_CONFIRMED = "entry.confirmed", "A group confirmed its entry in the public directory"
    ENTRY_CORRECTED = "entry.corrected", "A group said what is wrong in its entry"
    ENTRY_SETTLED = "entry.settled", "Settled what a group said is wrong"
    ENTRY_LINKED = "entry.linked", "Made the link by which a group confirms its entry"
    ENTRY_TAKEN_OFF = "entry.taken_off", "Took a group off the public directory"
    CHAMPION_WORDS_PUBLISHED = "champion_words.published", "Published a champion's own words"
    CHAMPION_WORDS_TAKEN_OFF = "champion_words.taken_off", "Took a champion's words off the site"
    VENUE_ADDED = "venue.added", "Added a venue"
    VENUE_CHANGED = "venue.changed", "Changed a venue"
    VENUE_CHECKED = "venue.checked", "Recorded what was found at a venue"
    CALL_ADDED = "call.added", "Added a recruitment call"
    CALL_CHANGED = "call.changed", "Changed a recruitment call"
    CALL_OPENED = "call.opened", "Opened a recruitment call"
    CALL_CLOSED = "call.closed", "Closed a recruitment call"
    CALL_FINISHED = "call.finished", "Recorded that everybody who applied has an answer"
    APPLICATION_STARTED = "application.started", "Started an application"
    APPLICATION_ANSWERED = "application.answered", "Answered questions of an application"
    APPLICATION_SENT = "application.sent", "Sent an application"
    EQUALITY_ASKED = "application.equality_asked", "Was asked the equality questions"
    APPLICATION_ENTERED = "application.entered", "Entered an application for somebody"
    APPLICATION_TAKEN_BACK = "application.taken_back", "Took an application back"
    APPLICATION_READ = "application.read", "Read an application"
    APPLICATION_SHORTLISTED = "application.shortlisted", "Shortlisted an application"
    APPLICATION_DECIDED = "application.decided", "Decided on an application"
    APPLICATION_FORGOTTEN = "application.forgotten", "Deleted the words of an application kept long enough"
    OFFER_ANSWERED = "application.offer_answered", "Answered the offer of a place on a panel"
    OFFER_CLOSED = "application.offer_closed", "Closed an offer of a place that nobody answered"
    APPLICANT_SEATED = "application.seated", "Gave an applicant their place"
    POOL_FROZEN = "draw.frozen", "Froze the pool of a random selection"
    MEMBERS_DRAWN = "draw.drawn", "Drew members at random"
    POOL_TAKEN = "draw.pool_taken", "Saved the frozen pool of a random selection"
    COMMUNITY_ADDED = "community.added", "Added a community"
    COMMUNITY_CHANGED = "community.changed", "Changed a community"
    COMMUNITY_MERGED = "community.merged", "Merged a community into another"
    COMMUNITY_FACT_ADDED = "community.fact_added", "Added something to know about a community"
    COMMUNITY_FACT_CORRECTED = "community.fact_corrected", "Put a community's own words beside what we know"
    COMMUNITY_FACT_ENDED = "community.fact_ended", "Marked what we know about a community as no longer true"
    HEARING_EXPORTED = "hearing.exported", "Exported who we hear from"
    NEED_TYPE_LOADED = "need_type.loaded", "Loaded a type of access need"
    NEED_TYPE_ADDED = "need_type.added", "Added a type of access need"
    NEED_TYPE_CHANGED = "need_type.changed", "Changed a type of access need"
    NEED_RECORDED = "need.recorded", "Wrote down an access need"
    NEED_CHANGED = "need.changed", "Changed an access need"
    NEED_REVIEWED = "need.reviewed", "Asked about an access need again"
    NEED_SHARED = "need.shared", "Shared an access need"
    NEED_ENDED = "need.ended", "Ended an access need"
    NO_NEED_NOTED = "no_need.noted", "Wrote down that somebody was asked and needs nothing"
    NO_NEED_ENDED = "no_need.ended", "Ended that somebody needs nothing"
    NEED_OUTCOME_NOTED = "need.outcome_noted", "Noted whether an access need was met"
    NEED_OUTCOME_CHANGED = "need.outcome_changed", "Changed whether an access need was met"
    ACCESS_REPORT_EXPORTED = "access_report.exported", "Exported the report on access needs"
    APPOINTMENT_MADE = "appointment.made", "Appointed a champion"
    APPOINTMENT_CHANGED = "appointment.changed", "Changed the appointment of a champion"
    APPOINTMENT_ENDED = "appointment.ended", "Ended the appointment of a champion"
    APPOINTMENT_HANDED_OVER = "appointment.handed_over", "Handed over what a champion had open"
    LEARNING_ADDED = "appointment.learning_added", "Wrote down what a champion learnt"
    GOVERNANCE_ROLE_ADDED = "governance_role.added", "Added a role in governance"
    GOVERNANCE_ROLE_CHANGED = "governance_role.changed", "Changed a role in governance"
    GOVERNANCE_ROLE_ENDED = "governance_role.ended", "Ended a role in governance"
    INFLUENCE_NOTED = "governance_role.influence_noted", "Wrote down what somebody in governance influenced"
    PANEL_ADDED = "panel.added", "Added a panel"
    PANEL_CHANGED = "panel.changed", "Changed a panel"
    PANEL_NATURE_CHANGED = "panel.nature_changed", "Changed the nature of a panel"
    PANEL_ENDED = "panel.ended", "Ended a panel"
    SEAT_ADDED = "seat.added", "Added a seat to a panel"
    SEAT_CHANGED = "seat.changed", "Changed a seat of a panel"
    SEAT_ENDED = "seat.ended", "Took a seat of a panel away"
    MEMBER_ADDED = "member.added", "Put somebody on a panel"
    MEMBER_CHANGED = "member.changed", "Changed somebody's place on a panel"
    MEMBER_LEFT = "member.left", "Recorded that somebody left a panel"
    MEMBER_NOTED = "member.noted", "Noted an interest or training of a member"
    SERIES_PLANNED = "series.planned", "Planned a series of forums"
    SERIES_CHANGED = "series.changed", "Changed a series of forums"
    SERIES_ENDED = "series.ended", "Ended a series of forums"
    SERIES_GIVEN = "series.given", "Gave a series of forums to somebody else to look after"
    FORUM_PLANNED = "forum.planned", "Planned a forum"
    FORUM_CHANGED = "forum.changed", "Changed a forum"
    FORUM_MOVED = "forum.moved", "Moved a forum to another day or time"
    FORUM_SKIPPED = "forum.skipped", "Took a date that nobody was told of out of a series"
    FORUM_OPENED = "forum.opened", "Opened a forum"
    FORUM_CANCELLED = "forum.cancelled", "Cancelled a forum"
    FORUM_GIVEN = "forum.given", "Gave a forum to somebody else to look after"
    FORUM_INVITED = "forum.invited", "Invited somebody to a forum"
    INVITATION_STARTED = "invitation.started", "Opened the public page of a forum to answer"
    INVITATION_ANSWERED = "invitation.answered", "Answered an invitation to a forum"
    INVITATION_TOLD = "invitation.told", "Wrote to somebody about a forum"
    INVITATION_CHANGED = "invitation.changed", "Chose the language and form of letters to somebody"
    INVITATION_RELINKED = "invitation.relinked", "Gave an invitation a new link and ended the old one"
    INVITATION_FORGOTTEN = "invitation.forgotten", "Deleted what somebody told us for one forum"
    PLACE_OFFERED = "invitation.place_offered", "Offered a free place to somebody on the waiting list"
    PLACES_HELD = "forum.places_held", "Held places of a forum for a community"
    PLACES_RELEASED = "forum.places_released", "Gave held places free"
    SAID_LOGGED = "invitation.said_logged", "Logged what somebody said who could not come"
    JOB_MADE = "job.made", "Made a job for a forum"
    JOB_CHANGED = "job.changed", "Changed a job with its forum"
    JOB_DROPPED = "job.dropped", "Dropped a job that its forum no longer needs"
    JOB_DONE = "job.done", "Did a job for a forum"
    JOB_GIVEN = "job.given", "Gave a job for a forum to somebody else"
    CALENDAR_LINK_MADE = "calendar_link.made", "Made a private calendar"
    CALENDAR_LINK_ENDED = "calendar_link.ended", "Ended a private calendar"
    FORUM_READY = "forum.ready", "Called a forum ready"
    FORUM_REOPENED = "forum.reopened", "A forum is no longer ready"
    FORUM_NOT_HELD = "forum.not_held", "Took back that a forum takes place"
    FORUM_HELD = "forum.held", "Recorded that a forum takes place"
    FORUM_CLOSED = "forum.closed", "Closed a forum and wrote its contact"
    ATTENDANCE_NOTED = "attendance.noted", "Noted whether somebody came to a forum"
    ATTENDANCE_DROPPED = "attendance.dropped", "Took somebody off the list of who came to a forum"
    HEADS_COUNTED = "forum.heads_counted", "Counted who came to a forum without a name"
    WORDS_CAPTURED = "forum.words_captured", "Wrote down what was said at a forum"
    WORDS_CHANGED = "forum.words_changed", "Changed what was written down at a forum"
    WORDS_DROPPED = "forum.words_dropped", "Took back what was written down at a forum"
    RUN_SHEET_READ = "forum.run_sheet_read", "Read the run sheet of a forum"
    MEETING_SET = "invitation.meeting_set", "Wrote down who meets somebody at a forum"
    NOTES_WRITTEN = "notes.written", "Wrote the notes of a forum"
    NOTES_CHECKED = "notes.checked", "Noted that the Easy Read of notes was checked"
    NOTES_PUBLISHED = "notes.published", "Published the notes of a forum"
    THANKED = "attendance.thanked", "Thanked somebody who came to a forum"
    BARRIERS_EXPORTED = "barriers.exported", "Exported the log of barriers"
    DATE_BROUGHT_BACK = "series.date_brought_back", "Put a skipped date back into a series"
    ARRANGEMENT_ASKED = "arrangement.asked", "Something became known that must be arranged"
    ARRANGEMENT_BOOKED = "arrangement.booked", "Booked an arrangement"
    ARRANGEMENT_CONFIRMED = "arrangement.confirmed", "Confirmed an arrangement"
    ARRANGEMENT_TOLD = "arrangement.told", "Told somebody what is arranged for them"
    ARRANGEMENT_FELL_THROUGH = "arrangement.fell_through", "An arrangement fell through"
    ARRANGEMENT_NOTED = "arrangement.noted", "Noted how an arrangement went"
    ARRANGEMENT_NOT_NEEDED = "arrangement.not_needed", "An arrangement is not needed any more"
    ARRANGEMENT_NEEDED_AGAIN = "arrangement.needed_again", "An arrangement is needed again"
    ARRANGEMENT_REPORT_EXPORTED = "arrangement.report_exported", "Exported the report on arrangements"
    OFFER_KIND_LOADED = "offer_kind.loaded", "Loaded a kind of offer"
    CALENDAR_DAY_LOADED = "calendar_day.loaded", "Loaded a day of note"
    FRAMEWORK_ADDED = "framework.added", "Added an edition of a framework"
    FRAMEWORK_ENDED = "framework.ended", "Ended an edition of a framework"
    DECISION_RECORDED = "decision.recorded", "Recorded a decision"
    DECISION_CORRECTED = "decision.corrected", "Corrected a decision"
    DECISION_WITHDRAWN = "decision.withdrawn", "Withdrew a decision"
    OUTCOME_RECORDED = "outcome.recorded", "Recorded what is different since a decision"
    OUTCOME_CORRECTED = "outcome.corrected", "Corrected an outcome"
    OUTCOME_CHECKED = "outcome.checked", "Noted what those who asked say about an outcome"
    OUTCOME_DONE = "outcome.done", "Called an outcome done"
    OUTCOME_WITHDRAWN = "outcome.withdrawn", "Withdrew an outcome"
    ANSWER_WORDED = "answer.worded", "Wrote an answer in words"
    ANSWER_CHECKED = "answer.checked", "Noted that the words of an answer were checked"
    TELLING_DUE = "telling.due", "An answer became due"
    TELLING_DRAFTED = "telling.drafted", "Drafted an answer"
    TELLING_APPROVED = "telling.approved", "Approved an answer to be sent"
    TELLING_MOVED = "telling.moved", "An answer got further"
    TELLING_EXCUSED = "telling.excused", "Recorded why somebody is not told"
    HELP_ANSWERED = "telling.helped", "Somebody said whether an answer helped"
    LINE_PUBLISHED = "public_line.published", "Put a decision into You said, we did"
    LINE_TAKEN_OFF = "public_line.taken_off", "Took a decision off You said, we did"
    PROMISE_PUBLISHED = "promise.published", "Put a promise into the public list"
    PROMISE_TAKEN_OFF = "promise.taken_off", "Took a promise off the public list"
    PROMISES_REMINDED = "promise.reminded", "Reminded whoever keeps a promise"
    THEME_ADDED = "theme.added", "Named a theme"
    THEME_CHANGED = "theme.changed", "Changed a theme"
    POINTS_GATHERED = "theme.gathered", "Put points into a theme"
    POINTS_RELEASED = "theme.released", "Took points out of a theme"
    THEME_SPLIT = "theme.split", "Split a theme"
    THEME_MERGED = "theme.merged", "Merged a theme into another"
    THEME_NESTED = "theme.nested", "Put a theme inside another, or took it out"
    THEME_CLOSED = "theme.closed", "Closed a theme"
    THEME_REOPENED = "theme.reopened", "Opened a theme again"
    RUNG_LOADED = "rung.loaded", "Loaded a rung of the ladder of co-production"
    PROJECT_OPENED = "project.opened", "Opened a co-production project"
    PROJECT_CHANGED = "project.changed", "Changed a co-production project"
    LEVEL_DECLARED = "project.level_declared", "Declared another level of participation"
    PROJECT_MOVED = "project.moved", "A project came to another stage"
    PROJECT_CLOSED = "project.closed", "Closed a co-production project"
    TOOK_PART = "project.took_part", "Somebody takes part in a project"
    LEFT_PROJECT = "project.left", "Somebody left a project"
    FELT_ASKED = "felt.asked", "Asked people in a project how much they felt they decided"
    FELT_LINKS_TAKEN = "felt.links_taken", "Took the one-time links of a round"
    FELT_LETTERS_DRAFTED = "felt.letters_drafted", "Wrote to people in a project how to say what they felt"
    FELT_LETTERS_SENT = "felt.letters_sent", "Sent people in a project a link to say what they felt"
    FELT_LINKS_FORGOTTEN = "felt.links_forgotten", "Forgot the links of rounds that are over"
    FELT_ANSWERED = "felt.answered", "Somebody said how much they felt they decided"
    THREAD_EXPORTED = "thread.exported", "Exported a thread"
    FIGURES_RELEASED = "figures.released", "Counted the figures of a month"
    FEED_NUMBERED = "feed.numbered", "Gave positions to new entries of the event log"
    TOPIC_ADDED = "topic.added", "Added a topic"
    TOPIC_CHANGED = "topic.changed", "Changed a topic"
    AREA_LOADED = "area.loaded", "Loaded areas"
    AREA_CHANGED = "area.changed", "Changed an area"
    MESSAGE_DRAFTED = "message.drafted", "Wrote a message"
    MESSAGE_QUEUED = "message.queued", "Sent a message on its way"
    MESSAGE_HELD = "message.held", "A message was held back: it could not be sent safely"
    MESSAGE_WITHDRAWN = "message.withdrawn", "Took a message back"
    MESSAGE_DECIDED = "message.decided", "Decided what becomes of a message"
    MESSAGE_POSTED = "message.posted", "Noted that a letter was posted"
    MESSAGE_TOLD = "message.told", "Noted how a call ended"
    MESSAGES_CLAIMED = "message.claimed", "The sender took messages from the outbox"
    MESSAGE_MADE_ANEW = "message.made_anew", "A message was given new words: what it told had changed"
    MESSAGE_BEGUN = "message.begun", "The sender began to hand a message over"
    MESSAGE_HANDED_OVER = "message.handed_over", "The mail server took a message"
    MESSAGE_REFUSED = "message.refused", "The mail server refused a message"
    MESSAGE_NOT_KNOWN = "message.not_known", "Nobody knows whether a message went out"
    MESSAGES_GIVEN_BACK = "message.given_back", "The sender put messages back into the outbox"
    MESSAGES_FORGOTTEN = "message.forgotten", "Deleted the words of old messages"
    LETTER_ADDED = "letter.added", "Added a letter"
    LETTER_WORDED = "letter.worded", "Wrote a new version of a letter"
    LETTER_CHECKED = "letter.checked", "Noted that a version of a letter was checked"
    LANGUAGE_LOADED = "language.loaded", "Loaded a language"
    COUNCIL_CHANGED = "council.changed", "Changed the council's details"
    PERSON_INVITED = "account.invited", "Invited somebody to an account"
    INVITATION_WITHDRAWN = "account.invitation_withdrawn", "Withdrew an invitation"
    ACCOUNT_OPENED = "account.opened", "Opened an account"
    ACCOUNT_CLOSED = "account.closed", "Closed an account"
    PHONE_LOST = "account.phone_lost", "Reported a phone lost: signed out everywhere, and what waits on it stays locked"
    ACCOUNT_REOPENED = "account.reopened", "Opened a closed account again"
    VERSION_SIGNED_OFF = "version.signed_off", "Signed a version of a page off"
    FORMAT_ASKED = "format.asked", "Took a request for another format"
    FORMAT_ANSWERED = "format.answered", "Answered a request for another format"
    FORMAT_GIVEN = "format.given", "Gave a request for another format to a colleague"
    FORMAT_FORGOTTEN = "format.forgotten", "Deleted who asked for another format"
    ROLE_GIVEN = "account.role_given", "Gave a role"
    ROLE_ENDED = "account.role_ended", "Ended a role"
    TOKEN_MADE = "token.made", "Made an API token"
    TOKEN_REVOKED = "token.revoked", "Revoked an API token"
    SEARCH_REBUILT = "search.rebuilt", "Made the search index afresh"
    DEMONSTRATION_LOADED = "demonstration.loaded", "Loaded the demonstration"
    AUDIT_READ = "audit.read", "Read the audit trail"


# Verbs whose revisions may hold a person's words or details. Erasing the person blanks the values of these and keeps
# the events; every other verb keeps its values.
BLANKED_ON_ERASURE = frozenset(
    {
        Verb.CONTACT_CORRECTED,
        Verb.CONTACT_WITHDRAWN,
        Verb.POINT_CORRECTED,
        Verb.PROMISE_KEPT,
        Verb.PROMISE_CHANGED,
        Verb.PROMISE_BROKEN,
        Verb.PROMISE_WITHDRAWN,
        Verb.SAFEGUARDING_PASSED_ON,
        Verb.PERSON_CHANGED,
        Verb.SUPPORTER_CHANGED,
        Verb.SUPPORTER_ENDED,
        Verb.INTERMEDIARY_CHANGED,
        Verb.INTERMEDIARY_ENDED,
        Verb.PERMISSION_WITHDRAWN,
        Verb.OBJECTION_DECIDED,
        Verb.ERASURE_DECIDED,
        Verb.RECORD_STOPPED,
        Verb.RECORD_RELEASED,
        Verb.DECLARATION_WITHDRAWN,
        Verb.NEED_CHANGED,
        Verb.NEED_REVIEWED,
        Verb.NEED_SHARED,
        Verb.NEED_ENDED,
        Verb.NO_NEED_ENDED,
        Verb.NEED_OUTCOME_CHANGED,
        Verb.COMMUNITY_FACT_ENDED,
        Verb.APPLICATION_ANSWERED,
        Verb.APPLICATION_SENT,
        Verb.APPLICATION_DECIDED,
        Verb.APPLICATION_TAKEN_BACK,
        Verb.APPLICATION_FORGOTTEN,
        Verb.OFFER_ANSWERED,
        Verb.OFFER_CLOSED,
        Verb.INVITATION_ANSWERED,
        Verb.APPLICANT_SEATED,
        Verb.MEMBER_CHANGED,
        Verb.MEMBER_LEFT,
        Verb.MEMBER_NOTED,
        Verb.LEFT_PROJECT,
        Verb.CHAMPION_WORDS_PUBLISHED,
        Verb.CHAMPION_WORDS_TAKEN_OFF,
        Verb.APPOINTMENT_CHANGED,
        Verb.APPOINTMENT_ENDED,
        Verb.GOVERNANCE_ROLE_CHANGED,
        Verb.INFLUENCE_NOTED,
        Verb.TELLING_DRAFTED,
        Verb.TELLING_APPROVED,
        Verb.TELLING_MOVED,
        Verb.TELLING_EXCUSED,
        Verb.ATTENDANCE_NOTED,
        Verb.WORDS_CHANGED,
        Verb.MEETING_SET,
        Verb.ARRANGEMENT_BOOKED,
        Verb.ARRANGEMENT_FELL_THROUGH,
        Verb.ARRANGEMENT_NOTED,
        Verb.ARRANGEMENT_NOT_NEEDED,
    }
)
