"""How papers are set: neutral blocks and one writer each for text, PDF and DOCX."""
