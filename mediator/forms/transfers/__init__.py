"""Handing over between the committee, the police, courts and others (移送和对接), one a module."""
