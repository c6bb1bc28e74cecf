"""Pictures made on the spot, of one colour."""

import struct
import zlib


def png(wide: int = 64, high: int = 32, colour: bytes = b"\x0b\x5d\x5a") -> bytes:
    """A PNG."""
    rows = (b"\x00" + colour * wide) * high
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, data) for name, data in ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
