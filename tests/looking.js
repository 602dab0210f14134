// What `tests/looking.py` asks of a page, beside axe, which is there before.
window.looking = (() => {
    const MOST = 3;  // how many of one kind are asked about on one page: the more, the surer one is what axe can judge
    const STYLE = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight", "textShadow",
        "webkitTextFillColor", "webkitTextStrokeColor", "filter", "mixBlendMode", "position", "zIndex", "clip",
        "clipPath", "forcedColorAdjust"];
    // Why axe cannot say: each is the same for all of a kind. Of words in the colour behind them we say it ourselves:
    // axe reads the page's own colour, not the one that is forced.
    const BY_STYLE = ["pseudoContent", "bgImage", "bgGradient", "equalRatio"];
    const contrast = axe._audit.rules.find(rule => rule.id === "color-contrast");
    const axesOwn = contrast.matches;
    let kindOf = new Map();  // of every element with words of its own
    let unforced = new Map();  // the same, as it was before colours were forced

    function short(words) {  // two numbers of 32 bits each, so that no two kinds meet by chance
        let one = 0xdeadbeef, two = 0x41c6ce57;
        for (let at = 0; at < words.length; at++) {
            one = Math.imul(one ^ words.charCodeAt(at), 2654435761);
            two = Math.imul(two ^ words.charCodeAt(at), 1597334677);
        }
        return (one >>> 0).toString(36) + "." + (two >>> 0).toString(36);
    }

    function described(element, known) {
        if (!element) return matchMedia("(forced-colors: active)").matches ? "forced" : "";
        if (!known.has(element)) {
            const style = getComputedStyle(element);
            const states = ["aria-current", "aria-disabled", "aria-expanded"].map(name => element.getAttribute(name));
            const own = [element.localName, ...[...element.classList].sort(), element.type, element.disabled, ...states];
            const whole = [described(element.parentElement, known), ...own, ...STYLE.map(name => style[name])];
            known.set(element, short(whole.join("|")));
        }
        return known.get(element);
    }

    function hasColour(element) {
        const {backgroundColor, backgroundImage} = getComputedStyle(element);
        return backgroundColor !== "rgba(0, 0, 0, 0)" || backgroundImage !== "none";
    }

    function across(element, placed) {  // what is not around it and lies over or under it all the same
        const box = element.getBoundingClientRect();
        return placed.filter(([other, its]) => its.left < box.right && its.right > box.left && its.top < box.bottom
            && its.bottom > box.top && !other.contains(element) && !element.contains(other)).map(([other]) => other);
    }

    function hasWords(element) {
        return element.matches("input:not([type=radio], [type=checkbox]), select, textarea")
            || [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    }

    function amongWords(element) {  // a link among words has to be told from them
        return element.localName === "a" && hasWords(element.parentElement) ? " among words" : "";
    }

    function kinds() {
        const known = new Map();
        const all = [document.body, ...document.body.querySelectorAll("*")].filter(one => one.checkVisibility());
        const placed = all.filter(one => getComputedStyle(one).position !== "static" && hasColour(one))
            .map(one => [one, one.getBoundingClientRect()]);
        kindOf = new Map(all.filter(hasWords).map(one =>
            [one, [one, ...across(one, placed)].map(each => described(each, known)).join("+") + amongWords(one)]));
        return [...new Set(kindOf.values())];
    }

    function clipped(element) {  // said to those who listen, never shown
        if (!element) return false;
        const style = getComputedStyle(element);
        return style.clip !== "auto" || style.clipPath !== "none" || clipped(element.parentElement);
    }

    function vanishes({node, any}) {
        const {messageKey, bgColor} = any[0]?.data ?? {};
        const shown = new axe.commons.color.Color().parseString(getComputedStyle(node.element).color);
        return messageKey === "equalRatio" && shown.toHexString() === bgColor;
    }

    function someOf(asked) {  // those with the most words first: of a single letter axe says nothing
        const some = new Map(asked.map(kind => [kind, []]));
        for (const [one, kind] of kindOf) some.get(kind)?.push(one);
        const by = (one, other) => other.textContent.length - one.textContent.length;
        return new Set([...some.values()].flatMap(those => those.sort(by).slice(0, MOST)));
    }

    // Axe's own reports describe every element, and most are well. It can name one only while it looks.
    function report(rules, options, done) {
        const named = nodes => nodes.map(({node}) => node.selector);
        const {passes: well, incomplete: unsure} = rules.find(rule => rule.id === contrast.id);
        const found = rules.filter(rule => rule.violations.length).map(rule => [rule.id, named(rule.violations)]);
        const gone = unsure.filter(vanishes);
        if (gone.length) found.push(["words in the colour behind them", named(gone)]);
        const sure = [...well, ...unsure.filter(({any}) => BY_STYLE.includes(any[0]?.data?.messageKey))];
        done([found, sure.map(({node}) => node.element)]);
    }

    axe.configure({noHtml: true, reporter: report});
    return {
        kinds,
        async over(options, asked) {  // what is wrong, and which of the kinds asked about are well
            const include = someOf(asked);
            contrast.matches = (node, ...rest) => include.has(node) && axesOwn(node, ...rest);
            // Of the rules that wait for what a page loads, one is about films and the other is an experiment of axe's.
            const preload = document.querySelector("audio, video") !== null;
            const [found, sure] = await axe.run(document, {...options, preload});
            return [found, [...sure, ...[...include].filter(clipped)].map(one => kindOf.get(one))];
        },
        beforeForced() {
            const found = kinds();
            unforced = kindOf;
            return found;
        },
        afterForced(unsettled) {  // the kinds as they were before, without those that still have to be asked about
            const left = [...unforced].filter(([one]) => unsettled.includes(kindOf.get(one))).map(([, kind]) => kind);
            return [...unforced.values()].filter(kind => !left.includes(kind));
        },
    };
})();
