"""What is true: codes, fields, the case, people, stages, agreements, numbering, wording."""
