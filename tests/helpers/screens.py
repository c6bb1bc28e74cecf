"""A screen nobody sees (Xvfb), and hands on it: windows found by their title, typed into, and asked to close."""

import ctypes
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

SIZE = "1366x768x24"
_CLIENT_MESSAGE = 33


class _ClientMessage(ctypes.Structure):
    """X's event by which one program sends word to another's window, padded to the length of any event."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("padding", ctypes.c_long * 24),
    )


class Screen:
    """One X display."""

    def __init__(self, display: str) -> None:
        self.display = display

    def _xdotool(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        surroundings = {**os.environ, "DISPLAY": self.display}
        return subprocess.run(["xdotool", *arguments], env=surroundings, capture_output=True, text=True, check=False)

    def window(self, title: str, seconds: float) -> int:
        """The visible window whose title has this in it, waited for; TimeoutError."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = self._xdotool("search", "--onlyvisible", "--name", title).stdout.split()
            if found:
                return int(found[-1])
            time.sleep(0.2)
        raise TimeoutError(f"no window called {title} within {seconds} s")

    def titled(self, window: int, title: str, seconds: float) -> None:
        """Wait until a window's title begins with this; TimeoutError."""
        x11 = ctypes.CDLL("libX11.so.6")
        x11.XOpenDisplay.restype = ctypes.c_void_p
        x11.XInternAtom.restype = ctypes.c_ulong
        display = ctypes.c_void_p(x11.XOpenDisplay(self.display.encode()))
        name, text = (ctypes.c_ulong(x11.XInternAtom(display, each, 0)) for each in (b"_NET_WM_NAME", b"UTF8_STRING"))
        until = time.monotonic() + seconds
        said = b""
        while not said.startswith(title.encode()) and time.monotonic() < until:
            time.sleep(0.1)
            kind, form, length, left, value = (
                ctypes.c_ulong(),
                ctypes.c_int(),
                ctypes.c_ulong(),
                ctypes.c_ulong(),
                ctypes.c_char_p(),
            )
            x11.XGetWindowProperty(
                display, ctypes.c_ulong(window), name, ctypes.c_long(0), ctypes.c_long(64), 0, text,
                *(ctypes.byref(each) for each in (kind, form, length, left, value)),
            )  # fmt: skip
            said = value.value or b""
        x11.XCloseDisplay(display)
        if not said.startswith(title.encode()):
            raise TimeoutError(f"no window titled {title} within {seconds} s")

    def type(self, window: int, text: str) -> None:
        """Focus a window and press the keys for a text (ending with Enter where it ends with a line break)."""
        self._xdotool("windowfocus", str(window), "type", "--delay", "20", text.removesuffix("\n"))
        if text.endswith("\n"):
            self._xdotool("key", "Return")

    def press(self, window: int, *keys: str) -> None:
        """Focus a window and press keys, each as "ctrl+2"."""
        self._xdotool("windowfocus", str(window), "key", "--delay", "100", *keys)

    def close(self, window: int) -> None:
        """Ask a window to close, as its cross does."""
        x11 = ctypes.CDLL("libX11.so.6")
        x11.XOpenDisplay.restype = ctypes.c_void_p
        x11.XInternAtom.restype = ctypes.c_ulong
        display = ctypes.c_void_p(x11.XOpenDisplay(self.display.encode()))
        protocols, closing = (
            ctypes.c_ulong(x11.XInternAtom(display, name, 0)) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")
        )
        event = _ClientMessage(_CLIENT_MESSAGE, 0, 1, None, window, protocols.value, 32, (closing.value, 0, 0, 0, 0))
        x11.XSendEvent(display, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))
        x11.XCloseDisplay(display)


@contextmanager
def screen() -> Iterator[Screen]:
    """A screen of its own, taken down at the end."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as said:
            yield Screen(f":{said.readline().strip()}")
    finally:
        server.terminate()
        server.wait()
