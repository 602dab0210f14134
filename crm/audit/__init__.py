"""Who did, read or exported what: ids, verbs and field names. Values live in revisions that erasure can blank."""
