"""A stand-in for the interface of voices, which browsers here have only now and then.

It has voices of the device and one of another host, notes what it is to say, and ends a sentence
when it is told to. Whether a real voice is heard it cannot tell: Chromium 156 with espeak-ng (by
speech-dispatcher) has been tried by hand.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

LOCAL = [
    {"name": "Albert", "lang": "en-US", "localService": True},
    {"name": "Daniel", "lang": "en-GB", "localService": True, "default": True},
    {"name": "Samantha", "lang": "en-US", "localService": True},
]
OTHERS = [
    {"name": "Cloud", "lang": "en-US", "localService": False},
    {"name": "Anna", "lang": "de-DE", "localService": True},
]
STAND_IN = """(voices) => {
    class Utterance { constructor(text) { this.text = text; } }
    let queue = [];
    const synth = Object.assign(new EventTarget(), {
        said: [],
        voices: [],
        // As in browsers, each says whether it is the device's first choice.
        getVoices: () => synth.voices.map((voice) => ({default: false, ...voice})),
        speak(utterance) {
            if (utterance.volume === 0) return;
            synth.said.push(utterance);
            queue.push(utterance);
            utterance.onstart?.();
        },
        cancel() {
            const canceled = queue;
            queue = [];
            for (const each of canceled) each.onerror?.({error: "interrupted"});
        },
        finish: () => queue.shift()?.onend?.(),
    });
    Object.defineProperties(synth, {
        speaking: {get: () => queue.length > 0}, pending: {get: () => false}});
    Object.defineProperty(window, "speechSynthesis", {value: synth});
    window.SpeechSynthesisUtterance = Utterance;
    // As in browsers, they come after the page.
    addEventListener("load", () => setTimeout(() => {
        synth.voices = voices;
        synth.dispatchEvent(new Event("voiceschanged"));
    }, 50));
}"""
WAIT = """async () => {
    while (!speechSynthesis.speaking) await new Promise((done) => setTimeout(done, 20));
}"""
SAID = """() => {
    const utterance = speechSynthesis.speaking && speechSynthesis.said.at(-1);
    return utterance ? utterance.text : "";
}"""
HEARD = """async () => {
    const texts = [];
    while (speechSynthesis.speaking) {
        texts.push(speechSynthesis.said.at(-1).text);
        speechSynthesis.finish();
        await new Promise((done) => setTimeout(done, 20));
    }
    return texts;
}"""
MARKED = """[...(CSS.highlights.get("cs-listen") ?? [])].map(String).join("")"""


def with_voices(page: Page, voices: list[dict[str, object]]) -> None:
    """Give the pages that are opened from now on these voices."""
    page.add_init_script(f"({STAND_IN})({json.dumps(voices)})")


def wait_for_voice(page: Page) -> None:
    """Wait until something is being said. No policy lets Playwright wait for it by itself."""
    page.evaluate(WAIT)


def said(page: Page) -> str:
    """Return what is being said."""
    text: str = page.evaluate(SAID)
    return text


def finish(page: Page) -> None:
    """End the sentence that is being said, and wait for the next one."""
    page.evaluate("""async () => {
        speechSynthesis.finish();
        await new Promise((done) => setTimeout(done, 20));
    }""")


def heard(page: Page) -> list[str]:
    """Return all that is said from now on, sentence by sentence."""
    texts: list[str] = page.evaluate(HEARD)
    return texts
