"""What is seen: the only room that knows PySide6."""
