/** Shows a lesson section by section, as slides: arrow keys, space, Page Up and Down, Home, End; Escape leaves. */
const STEPS = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1, Home: -Infinity, End: Infinity };
const SPLITS = "H1, H2";

export function start(article) {
  const slides = sections(article);
  const controls = document.querySelector("[data-slides]");
  const place = controls.querySelector("[data-place]");
  let shown = Math.max(0, slides.findIndex((slide) => location.hash && slide.querySelector(fragment())));

  controls.hidden = slides.length < 2;
  controls.addEventListener("click", ({ target }) => {
    if (target.dataset.step) show(shown + Number(target.dataset.step));
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector("[data-leave]").click();
    const isBusy = event.target.closest("input, textarea, button, a, summary, label");
    if (!(event.key in STEPS) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (isBusy && event.key !== "PageDown" && event.key !== "PageUp") return;
    event.preventDefault();
    show(shown + STEPS[event.key]);
  });
  addEventListener("hashchange", () => {
    const led = slides.findIndex((slide) => location.hash && slide.querySelector(fragment()));
    if (led >= 0) show(led, false);
  });
  show(shown, false);

  function show(number, isFromTop = true) {
    shown = Math.min(Math.max(number, 0), slides.length - 1);
    slides.forEach((slide, index) => (slide.hidden = index !== shown));
    const [of, all] = [shown + 1, slides.length];
    place.textContent = article.dataset.sayPlace.replace("{}", of).replace("{}", all);
    controls.querySelector('[data-step="-1"]').disabled = shown === 0;
    controls.querySelector('[data-step="1"]').disabled = shown === slides.length - 1;
    if (isFromTop) scrollTo(0, 0);
  }
}

function fragment() {
  return `#${CSS.escape(decodeURIComponent(location.hash.slice(1)))}`;
}

/** The title is the first slide with what stands before the first heading; each heading begins another one. */
function sections(article) {
  const body = article.querySelector("[data-body]");
  const found = [document.createElement("section")];
  found[0].append(article.querySelector("header"));
  for (const node of [...body.childNodes]) {
    if (SPLITS.split(", ").includes(node.nodeName)) found.push(document.createElement("section"));
    found.at(-1).append(node);
  }
  body.replaceChildren(...found);
  return found;
}
