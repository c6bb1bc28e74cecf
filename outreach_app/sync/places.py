"""Where a segment lies on a carrier: under its own name, or where a laptop that carries it for another left it."""


def place_of(name: str, device: bytes) -> str:
    """Where the laptop ``device`` leaves a segment, its own or another's: nobody writes in another's place."""
    space, maker, run, numbers = name.split("/")
    mine = device[:8].hex()
    return name if maker == mine else f"{space}/{mine}/carried/{maker}-{run}-{numbers}"


def segment_at(place: str) -> str:
    """The name of the segment that a file at this place is of, whatever is in it."""
    below, carried, packed = place.rpartition("/carried/")
    return "/".join([below.split("/")[0], *packed.split("-", 2)]) if carried else place
