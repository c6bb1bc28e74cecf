"""The window: hand-written Qt widgets on top of ``outreach_app``, which knows nothing of them."""

import ctypes
import sys

_MANY = 1 << 40

if sys.version_info < (3, 12):
    # PySide6 6.12.0 gives back True from every Signal.emit() without counting a reference to it, and Python 3.11 ends
    # the program once nobody refers to True: after some 12,000 signals. From 3.12 on True is never counted.
    ctypes.c_ssize_t.from_address(id(True)).value += _MANY
