"""Where it lies: the encrypted database, its key and its migrations."""
