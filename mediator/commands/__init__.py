"""What the command line can do: one declared command each. Heavy rooms are imported only when a command runs."""
