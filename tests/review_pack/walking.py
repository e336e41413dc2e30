"""A walk through a pack by its keys, in a browser of which only scripts can be run."""

# Somebody says who they are, and answers the claims from one to another; what they saw is returned.
WALK = """(async (from, to) => {
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
    for (let number = from; number < to && shown("claims"); number++) {
        const claim = $("claim").lastChild.data;
        seen.push(claim);
        if (document.activeElement !== $("claim")) throw new Error(`no focus on: ${claim}`);
        if (!$("passages").children.length) throw new Error(`nothing beside: ${claim}`);
        if (number % 7 === 3) {
            press("d");
            $("comment").value = `Comment on ${claim}`;
            $("comment").dispatchEvent(new Event("input"));
            press("Enter");
        } else {
            press(number % 5 === 4 ? "c" : "a");
        }
    }
    return seen;
})"""
# The answers that the browser keeps, by question, and what the end says.
KEPT = """(() => {
    const kept = Object.keys(localStorage).map(
        (name) => name.match(/^sourced-guide review \\w+ (\\w+)/));
    return {
        answers: Object.fromEntries(
            kept.filter(Boolean).map(([key, id]) => [id, JSON.parse(localStorage.getItem(key))])),
        end: document.getElementById("end").textContent,
    };
})()"""
