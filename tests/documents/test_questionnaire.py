"""Paper forms from plain data."""

from __future__ import annotations

from dajian.documents.questionnaire import WIDE, Blank, Paper, Part, lines, pdf, pictures


def test_what_was_typed_is_data_and_never_markup() -> None:
    nasty = '#panic("x") $ *_` \\ <b> ]]'
    made = Paper("表", "", "", (Part("一", False, (Blank("名称", nasty),)),))
    assert pdf(made).startswith(b"%PDF")
    assert len(pictures(made, ppi=30)) == 1


def test_questions_share_a_line_as_long_as_they_fit() -> None:
    spans = [2, 2, 2, 3, 6, 3, 3, 2]
    packed = lines([Blank(str(n), span=span) for n, span in enumerate(spans)])
    assert [[b.span for b in line] for line in packed] == [[2, 2, 2], [3], [6], [3, 3], [2]]
    assert all(sum(b.span for b in line) <= WIDE for line in packed)
