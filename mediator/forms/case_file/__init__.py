"""Papers of the case file (卷内文书), one a module."""
