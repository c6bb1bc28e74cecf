"""Log lines that a test did not say it expects make it fail."""

import logging
import re


class ExpectedLogs(logging.Handler):
    """Gathers the lines from WARNING up; called with a pattern, says one is expected."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        self._patterns: list[str] = []

    def __call__(self, pattern: str) -> None:
        """Expect a line in which the regular expression is found: at least one, any number."""
        self._patterns.append(pattern)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line as ``LEVEL logger: text``."""
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def faults(self) -> list[str]:
        """The lines nobody expected, and the expectations no line met."""
        unexpected = [line for line in self.lines if not any(re.search(one, line) for one in self._patterns)]
        unmet = [one for one in self._patterns if not any(re.search(one, line) for line in self.lines)]
        return [f"unexpected log line: {line}" for line in unexpected] + [
            f"expected log line that never came: {one}" for one in unmet
        ]
