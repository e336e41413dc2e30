"""What a host asks of robots is done, and what it was told of us is true."""

from __future__ import annotations

import pytest

from sourced_guide.fetch.crawler import Crawler
from sourced_guide.fetch.deadline import Deadline
from sourced_guide.fetch.errors import UnreachableError
from sourced_guide.fetch.snapshot import Outcome

from .conftest import AGENT, Answer, Fetch, Host, answer, client, leading_to

PAGE = answer(b"<p>It may hurt more at night.")


def robots(text: str) -> Answer:
    return answer(text.encode(), "text/plain")


def test_a_host_learns_who_asks(host: Host, fetch: Fetch) -> None:
    host.answers["/page"] = PAGE
    fetch(host.url("/page"))
    assert host.agents == {AGENT}


@pytest.mark.parametrize(
    "rules",
    [
        "User-agent: *\nDisallow: /",
        "User-agent: sourced-guide\nDisallow: /pa*e$\n\nUser-agent: *\nDisallow:",
        "\ufeffuser-agent: Sourced-Guide\ndisallow: /page\nallow: /",
    ],
)
def test_a_robots_txt_that_forbids(host: Host, fetch: Fetch, rules: str) -> None:
    host.answers |= {"/page": PAGE, "/robots.txt": robots(rules)}
    copied = fetch(host.url("/page"))
    assert copied.outcome is Outcome.UNREACHABLE
    assert copied.says == f"disallowed by the robots.txt of 127.0.0.1:{host.port}"
    assert host.asked == ["/robots.txt"]


def test_a_robots_txt_holds_for_where_a_page_leads_to(host: Host, fetch: Fetch) -> None:
    host.answers |= {
        "/page": leading_to("/private/page"),
        "/private/page": PAGE,
        "/robots.txt": robots("User-agent: *\nDisallow: /private/"),
    }
    assert fetch(host.url("/page")).outcome is Outcome.UNREACHABLE
    assert host.asked == ["/robots.txt", "/page"]


@pytest.mark.parametrize(
    "given",
    [
        answer(status=404),
        answer(status=403),
        robots(""),
        robots("User-agent: *\nDisallow: /\n\nUser-agent: sourced-guide\nAllow: /page"),
        robots("<html>\0 no rules at all"),
        leading_to("/robots.txt"),
    ],
    ids=["missing", "refused", "empty", "ours", "nonsense", "circle"],
)
def test_a_robots_txt_that_lets_us_look(host: Host, given: Answer) -> None:
    """RFC 9309 2.3.1.2 and 2.3.1.3: one that is not to be had allows everything."""
    host.answers |= {"/page": PAGE, "/robots.txt": given}
    assert Crawler(client(host)).fetch(host.url("/page")).body


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_robots_txt_that_fails(host: Host, fetch: Fetch, status: int) -> None:
    """RFC 9309 2.3.1.4: then everything is forbidden."""
    host.answers |= {"/page": PAGE, "/robots.txt": answer(status=status)}
    copied = fetch(host.url("/page"))
    assert copied.outcome is Outcome.UNREACHABLE
    assert f"robots.txt is unavailable: {status}" in copied.says
    assert host.asked == ["/robots.txt"]


def test_a_robots_txt_is_read_as_far_as_it_has_to_be(host: Host, fetch: Fetch) -> None:
    rules = "User-agent: *\nDisallow: /page\n" + "# and so on\n" * 100_000
    host.answers |= {"/page": PAGE, "/robots.txt": robots(rules)}
    assert fetch(host.url("/page")).says.startswith("disallowed by the robots.txt")


def test_a_robots_txt_is_asked_for_once(host: Host) -> None:
    host.answers |= {"/a": PAGE, "/b": PAGE}
    crawler = Crawler(client(host))
    for path in ("/a", "/b", "/a"):
        crawler.fetch(host.url(path))
    assert host.asked == ["/robots.txt", "/a", "/b", "/a"]


def test_there_is_a_pause_between_two_requests_to_a_host(host: Host) -> None:
    host.answers |= {"/a": leading_to("/b"), "/b": PAGE}
    Crawler(client(host, pause=0.4)).fetch(host.url("/a"))
    assert host.asked == ["/robots.txt", "/a", "/b"]
    gaps = [later - earlier for earlier, later in zip(host.times, host.times[1:], strict=False)]
    assert min(gaps) >= 0.4


def test_a_pause_is_no_part_of_what_a_source_may_take() -> None:
    deadline = Deadline(1)
    deadline.wait(1.1)
    assert deadline.left


def test_a_host_says_how_long_the_pause_is(host: Host, fetch: Fetch) -> None:
    host.answers |= {"/page": PAGE, "/robots.txt": robots("User-agent: *\nCrawl-delay: 0.5")}
    fetch(host.url("/page"))
    assert host.times[1] - host.times[0] >= 0.5
    host.answers["/robots.txt"] = robots("User-agent: *\nCrawl-delay: 86400")
    says = fetch(host.url("/page")).says
    assert "asks for a delay of 86400 s between requests; the earlier snapshot is unchanged" in says


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("120", "429 Too Many Requests, retry after 120 s"),
        (
            "Mon, 23 Nov 2026 09:00:00 GMT",
            "429 Too Many Requests, retry after Mon, 23 Nov 2026 09:00:00 GMT",
        ),
        ("", "429 Too Many Requests"),
    ],
)
def test_a_host_that_has_had_enough_is_left_alone(host: Host, when: str, says: str) -> None:
    host.answers |= {"/a": answer(status=429, Retry_After=when), "/b": PAGE}
    crawler = Crawler(client(host))
    with pytest.raises(UnreachableError) as error:
        crawler.fetch(host.url("/a"))
    assert str(error.value) == says
    with pytest.raises(UnreachableError, match="has just answered 429 Too Many Requests"):
        crawler.fetch(host.url("/b"))
    assert host.asked == ["/robots.txt", "/a"]
