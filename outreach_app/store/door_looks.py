"""How the door looks before the store is open: language, colors and size of text, in the clear beside the store.

The settings in the store say it; this is their copy, for whoever cannot read the door otherwise. It tells nothing else.
"""

from collections.abc import Mapping
from pathlib import Path

FILE = "door.json"
MOST_BYTES = 1_000


def door_look(folder: Path) -> Mapping[str, str]:
    """What was kept for the door; nothing where there is no such file or it cannot be read."""
    import json

    try:
        with (folder / FILE).open("rb") as file:
            kept = json.loads(file.read(MOST_BYTES))
    except (OSError, ValueError):
        return {}
    return {name: said for name, said in kept.items() if isinstance(said, str)} if isinstance(kept, dict) else {}


def keep_door_look(folder: Path, look: Mapping[str, str]) -> None:
    """Keep it. Raises NotWritable."""
    import json

    from outreach_app.store.durable_files import write_durably

    write_durably(folder / FILE, json.dumps(dict(look), sort_keys=True).encode())
