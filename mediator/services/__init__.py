"""What can be done: verbs that take an open session, never commit, and return what they touched."""
