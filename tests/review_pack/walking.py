"""A walk through a pack by its keys, in a browser of which only scripts can be run."""

# Somebody says who they are, and answers. `stop` is how many claims are answered before they close
# the browser; what is returned is what they saw, and the answers that were kept.
WALK = """(async (stop) => {
    const $ = (id) => document.getElementById(id);
    const shown = (view) => !$(`view-${view}`).hidden;
    const until = async (ready) => {
        for (let tries = 0; !ready(); tries++) {
            if (tries === 2000) throw new Error(`nothing comes after ${$("claim").textContent}`);
            await new Promise((done) => setTimeout(done, 10));
        }
    };
    const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent(
        "keydown", {key, ctrlKey: key === "Enter", bubbles: true, cancelable: true}));
    await until(() => shown("start") || shown("claims"));
    if (shown("start")) {
        for (const [name, value] of [["name", "Jane"], ["role", "nurse"], ["interests", "none"]])
            $(name).value = value;
        $("begin").click();
        await until(() => shown("claims"));
    }
    const seen = [];
    for (let at = 0; at < stop && shown("claims"); at++) {
        const claim = $("claim").lastChild.data;
        seen.push(claim);
        if (document.activeElement !== $("claim")) throw new Error(`no focus on: ${claim}`);
        if (!$("passages").children.length) throw new Error(`nothing beside: ${claim}`);
        if (seen.length % 7 === 3) {
            press("d");
            $("comment").value = `Comment on ${claim}`;
            $("comment").dispatchEvent(new Event("input"));
            press("Enter");
        } else {
            press(seen.length % 5 === 4 ? "c" : "a");
        }
    }
    const kept = Object.keys(localStorage).map(
        (name) => name.match(/^sourced-guide review \\w+ (\\w+)/));
    return {
        seen,
        answers: Object.fromEntries(
            kept.filter(Boolean).map(([key, id]) => [id, JSON.parse(localStorage.getItem(key))])),
        end: shown("end") ? $("end").textContent : "",
    };
})"""
