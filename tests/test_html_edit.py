"""Tags are read as the standard library's parser reads them, which takes four times as long."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import accumulate

from hypothesis import given, settings, strategies

from sourced_guide.build.built_site.html_edit import read_tags

# What pages are made of, whole and cut, in any order.
FRAGMENTS = (
    *('<a href="x">', "<a href=x>", "<A HREF='y\"z'>", "</a>", "</A >", "<br>", "<br/>"),
    *('<img src="a" />', "text", "a < b", " > ", "<!-- <b> -->", "<!doctype html>", "<?xml x?>"),
    *("<script>", "</script>", '"</a>"', "if (a<b)", "<style type=x>", "</style>", "<p hidden>"),
    *('<p class="a>b" id=c>', "<p title='it\"s'>", "&amp;", '<a title="&quot;&lt;">', "\n"),
    *('<svg viewBox="0 0 1 1">', '<custom-el x:y="z">', "<p a=b c>", '<p\nid="q"\n>', "</p\n>"),
    *('<input disabled value="">', '<p a="1"b="2">', '<p a = "1">', "<", "=", "'"),
)


class Reference(HTMLParser):
    """The tags of a text: name, start, end, attributes, and whether it is an end tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, int, int, dict[str, str | None], bool]] = []
        self._html = html
        self._lines = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._place()
        end = start + len(self.get_starttag_text() or "")
        self.tags.append((tag, start, end, dict(attrs), False))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        start = self._place()
        self.tags.append((tag, start, self._html.index(">", start) + 1, {}, True))

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


@settings(max_examples=500)
@given(strategies.lists(strategies.sampled_from(FRAGMENTS), max_size=8).map("".join))
def test_tags_are_those_of_the_standard_library(html: str) -> None:
    # It takes what follows a last open tag for text, or waits for its end.
    html = f"{html}<i></i>"
    found = [
        (tag.name, tag.start, tag.end, {} if tag.closes else dict(tag.attributes), tag.closes)
        for tag in read_tags(html)
    ]
    assert found == Reference(html).tags


def test_a_value_is_found_whatever_the_case_of_its_name() -> None:
    (tag,) = read_tags('<A HREF="to&amp;fro" hidden>')
    assert (tag.name, tag.get("href"), tag.get("hidden"), tag.get("id")) == ("a", "to&fro", "", "")
    assert tag.attributes == {"href": "to&fro", "hidden": None}
