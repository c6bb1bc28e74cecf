"""Paper, from the window: what it will look like, and out of the printer. Qt's PDF is loaded only here."""
