"""How fast, beside what: each module here declares its figures and measures both sides of them.

    uv run python -m tests.benchmarks [NAME...] [--json OUT]

A module has ``FIGURES`` (data), ``SIZES`` (how many people; the last is the one the limits are for), ``ROUNDS``,
``ours`` and, where a figure is taken against something, ``against``: functions of (folder, size) that give each
figure's value, and ``prepare``, which fills the folder for a size once. Every side of every round runs in a process of
its own, ours and the other's in turn, so that memory, caches and the machine's moods treat both alike; the medians of
the rounds count.
"""
