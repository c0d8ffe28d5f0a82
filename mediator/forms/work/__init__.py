"""Papers of the office itself (工作文书), one a module."""
