"""The window: hand-written Qt widgets on top of ``outreach_app``, which knows nothing of them."""

import ctypes
import sys

_MANY = 1 << 40

if sys.version_info < (3, 12):
    # PySide6 6.12.0 gives back None from every call that returns nothing, and True from every Signal.emit(), without
    # counting a reference to it, and Python 3.11 ends the program once nobody refers to either: within one event
    # for None, 12,000 signals for True. From 3.12 on neither is ever counted.
    for _single in (None, True, False):
        ctypes.c_ssize_t.from_address(id(_single)).value += _MANY
