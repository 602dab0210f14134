"""Every message to anyone: a record, the safe way, the language, the format, and a leased outbox.

**For other rooms.** This is the contract; whatever else stands here may change.

- Before anything: `rules.blockers_to_sending(person, purpose)` says why a person cannot be reached for a purpose.
- Write: `actions.draft_message(actor=…, to=Recipient(person=…), purpose=…, about=About("forum-invitation", pk),
  template_key="forum-invitation", values={…})`. Way, language and format are found from the person unless given;
  `calendar=Calendar("REQUEST", text)` goes along. What the officer must know first is `message.fell_back` (no words in
  their language) and `reports.notes_before_sending(message)`.
- Send: `actions.queue_messages(actor=…, messages=[…])` gives `Queued(queued, held)`: what could not be sent safely is
  held with its reason and stops nobody else. At most `rules.MOST_AT_ONCE` at a time. `actions.withdraw_message` takes
  back what has not gone.
- Answer an address that the writer may not see: `actions.answer_guest(…)` drafts and sends at once.
  `AboutKind(only=True)` keeps such messages from everybody but those who may read the record; `put_in` fills in a
  secret link while the message is handed over, so that it is kept nowhere.
- Ask: `Message.objects.about("forum-invitation", pks)`, and `reports.progress_of(rows)` for how far a long send is.
- Be told: `registry.message_changed.add(name, follow)`; `follow(message, before)` runs inside the action that changed
  the state, also when the sender did it.
- What it tells may change before it goes: `AboutKind(now=…)` says what it would say now, and its words are made anew in
  the moment before it is handed over, or it is withdrawn with the reason.
- Say what it is about: `registry.about_kinds.add("forum-invitation", AboutKind(…))` opens messages to whoever may see
  the invitation (a champion, say), and `registry.letter_kinds.add("forum-invitation", LetterKind(…))` names the
  placeholders that its letter may use. `registry.letter_folders.add(name, folder)`: the words that come with Heard.

Values and words of a message may hold a person's details: they are blanked some weeks after it went, and on erasure.
Subjects may not: a letter kind says which placeholders may stand in a subject.

Invitations to accounts and the link of an application are sent directly and are no messages: they go to somebody who
asked a moment ago, and hold a secret that must be kept nowhere.
"""
