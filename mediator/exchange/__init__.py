"""What travels: sealed packages, drives, ledgers taken in, dumps."""
