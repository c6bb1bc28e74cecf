"""Some of what `python -m tests.fuzzing` does with twenty thousand files."""

from tests.fuzzing import run


def test_broken_files_come_to_an_account_or_a_sentence() -> None:
    tally = run(600, seed=20)
    assert tally.crashed == []
    assert tally.read + tally.refused == tally.files == 600
    assert min(tally.read, tally.refused) > 100, "all are broken too little, or too much"
    assert len(tally.sentences) > 5
    assert all(sentence.endswith(".") for sentence in tally.sentences)
    assert tally.longest_s < 60
