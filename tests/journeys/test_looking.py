"""What a look still finds on a page whose every kind of element was seen before."""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SPOIL = """([words, styles]) => {
    const main = document.querySelector("main"), sheet = new CSSStyleSheet();
    main.insertAdjacentHTML("beforeend", words);
    sheet.replaceSync(styles);
    document.adoptedStyleSheets = [sheet];
}"""
KNOWN = "<p class='govuk-body'>A word</p>"
ON_DARK = ("<div class='dark'><p class='light'>A word</p></div>", ".dark { background: #000 }")
OVER = (
    "main, main > * { position: relative; z-index: 2 }"
    "main > .over { position: absolute; inset: 0; z-index: 1; background: #444 }"
)
WRONG = [
    ("<p class='pale'>A word</p>", ".pale { color: #bbb }", "color-contrast"),
    ("<p class='govuk-body' id='pale'>A word</p>", "#pale { color: #bbb }", "color-contrast"),
    (KNOWN, "main { background: #777 }", "color-contrast"),
    (f"{KNOWN}<div class='over'></div>", OVER, "color-contrast"),
    (ON_DARK[0], f"{ON_DARK[1]} .light {{ color: #fff; forced-color-adjust: none }}", "the colour behind"),
    (ON_DARK[0], f"{ON_DARK[1]} .light {{ color: #eee; forced-color-adjust: none }}", "color-contrast"),
    ("<p class='wide'>A word</p>", ".wide { inline-size: 330px }", "sideways at 320"),
    ("<p class='wide'>A word</p>", "@media (min-width: 40em) { .wide { inline-size: 30rem } }", "sideways with text"),
    ("<input class='govuk-input' name='nameless'>", "", "'label'"),
    ("<h6>A word</h6>", "", "heading-order"),
]  # fmt: skip


def test_what_is_wrong_is_found_among_what_was_seen_before(cast, open_page, sign_in, look_over):
    page = open_page()
    sign_in(page, cast.amina)
    for words, styles, found in WRONG:
        page.goto("/workspace/promises/")
        look_over(page)
        page.evaluate(SPOIL, [words, styles])
        for _ in range(2):  # what was found is not taken for seen
            with pytest.raises(AssertionError, match=found):
                look_over(page)
            page.emulate_media(forced_colors="none")
            page.set_viewport_size({"width": 320, "height": 640})
