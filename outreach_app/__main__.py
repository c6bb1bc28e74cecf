"""``python -m outreach_app``: the command line, with no Qt."""

from outreach_app.cli import main

if __name__ == "__main__":
    main()
