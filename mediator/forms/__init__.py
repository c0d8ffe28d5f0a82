"""What the papers say: one official form (文书) a module."""
