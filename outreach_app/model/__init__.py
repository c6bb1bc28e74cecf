"""Records and their fields, vocabularies, consent, codes and errors. No input or output."""
