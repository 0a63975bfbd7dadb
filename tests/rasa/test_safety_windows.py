"""A message is read in pieces, so that one line in a long story counts."""

from __future__ import annotations

from rasa_ext.safety_head_windows import MOST, WIDEST, windows_of

STORY = "We went to the lake with my sister and her kids. " * 12
LAST = "I hope I do not wake up tomorrow."


def texts(text: str) -> list[str]:
    return [window.text for window in windows_of(text)]


def test_a_single_sentence_is_one_piece() -> None:
    assert texts("my mum rings four times a day") == ["my mum rings four times a day"]


def test_a_short_message_is_read_whole_and_by_its_sentences() -> None:
    found = texts("He moved out on Monday morning. I don't know what to do now.")
    assert "He moved out on Monday morning. I don't know what to do now." in found
    assert "He moved out on Monday morning." in found
    assert "I don't know what to do now." in found


def test_the_last_line_of_a_long_story_is_a_piece_of_its_own() -> None:
    assert LAST in texts(STORY + LAST)


def test_pieces_stay_as_long_as_the_lines_that_were_learned() -> None:
    assert all(len(text.split()) <= WIDEST for text in texts(STORY + LAST))


def test_a_text_without_any_full_stop_is_cut_into_pieces_that_overlap() -> None:
    spoken = " ".join(f"word{number}" for number in range(200))
    found = texts(spoken)
    assert all(len(text.split()) <= WIDEST for text in found)
    assert all(
        any(f"word{number} word{number + 1}" in text for text in found) for number in range(199)
    )


def test_of_a_pasted_book_the_beginning_and_the_end_are_read() -> None:
    found = texts("First of all I want to say this. " + STORY * 20 + LAST)
    assert len(found) <= MOST
    assert found[0].startswith("First of all")
    assert LAST in found


def test_an_interjection_is_read_with_its_neighbours_alone() -> None:
    found = texts("Not again. She threw the plates at the wall and I ran.")
    assert "Not again." not in found


def test_there_is_always_a_piece() -> None:
    assert texts("...") == ["..."]
    assert texts("") == [""]


def test_a_piece_knows_its_place() -> None:
    text = "So. We had tea in the garden.\nThen she told me that she is leaving me."
    assert all(text[window.start : window.end] == window.text for window in windows_of(text))
