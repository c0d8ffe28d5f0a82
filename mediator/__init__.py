"""Offline case manager for people's mediators (人民调解)."""

__version__ = "0.1.0"
