// editorial: prints no words, shows the buttons of the page's template where they can do something.

/* Buttons that read a page aloud, send its address, or copy it. */
(() => {
  "use strict";

  const COPIED = 4000; // milliseconds for which it says so
  const tools = document.querySelector(".cs-tools");
  const isOnTheWeb = location.protocol.startsWith("http");
  const canCopy = isOnTheWeb && navigator.clipboard;

  if (isOnTheWeb && navigator.share) offer(".cs-tools__share", share);
  else if (canCopy) offer(".cs-tools__copy", () => copy(address()));
  if (canCopy) nameLinks();
  if (window.speechSynthesis && Intl.Segmenter) {
    offerVoice();
    // Browsers read what voices there are after the page, and tell of it.
    speechSynthesis.addEventListener?.("voiceschanged", offerVoice);
  }

  function offer(name, act) {
    const button = tools?.querySelector(name);
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", act);
  }

  // Links

  /* The address of this page, or of a part of it, and nothing of what somebody has searched for. */
  function address(part = location.hash) {
    return location.origin + location.pathname + part.replace(/:~:.*/, "");
  }

  function share() {
    // Who closes the device's sheet has not been let down.
    navigator.share({ title: document.title, url: address() }).catch(() => {});
  }

  function nameLinks() {
    const name = document.querySelector("template.cs-part")?.content.textContent;
    for (const link of document.querySelectorAll(".headerlink")) {
      if (name) link.title = name;
      link.addEventListener("click", (event) => {
        if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        copy(address(link.hash), () => location.assign(link.hash));
      });
    }
  }

  let said;
  function copy(url, otherwise = () => {}) {
    const box = document.querySelector(".cs-copied__box");
    clearTimeout(said);
    box.hidden = true;
    navigator.clipboard.writeText(url).then(() => {
      box.hidden = false;
      said = setTimeout(() => (box.hidden = true), COPIED);
    }, otherwise);
  }

  // Listening

  /* Only voices of the device itself: others would be sent what the page says. */
  function offerVoice() {
    const language = document.documentElement.lang;
    const voice = speechSynthesis.getVoices().find((each) => each.localService && each.lang.startsWith(language));
    if (!voice) return;
    speechSynthesis.removeEventListener?.("voiceschanged", offerVoice);
    offer(".cs-tools__listen", () => {
      const reader = document.querySelector("template.cs-reader");
      if (!reader) return;
      // Phones of Apple let nothing speak that did not begin within a tap, and the script comes later.
      // An empty text would leave Linux's voices silent for good.
      const nothing = new SpeechSynthesisUtterance(".");
      nothing.voice = voice;
      nothing.volume = 0;
      speechSynthesis.speak(nothing);
      tools.parentElement.after(reader.content);
      reader.remove();
    });
  }
})();
