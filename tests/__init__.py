"""The tests, and the commands that keep what is made from the code true to it (pins, translations, benchmarks)."""
