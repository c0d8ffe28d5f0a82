"""Decisions and notices (决定和通知), one a module."""
