/** Starts the behaviours a page names: <form data-controller="attempt"> is started by controllers/attempt.js,
 * at once or, with data-lazy, when it comes near the window: a first visit is spared the file. */
const near = new IntersectionObserver(
  (seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      run(target);
    }
  },
  { rootMargin: "50%" },
);
begin(document.documentElement);

/** Starts all that an element and what stands in it name; called again for what comes into a page later. */
export function begin(root) {
  for (const element of [root, ...root.querySelectorAll("[data-controller]")]) {
    if (!element.dataset.controller) continue;
    if ("lazy" in element.dataset) near.observe(element);
    else run(element);
  }
}

/** Once all its behaviours have started, an element says so to styles and to whoever waits for it: data-live. */
async function run(element) {
  for (const name of element.dataset.controller.split(" ")) {
    const { start } = await import(`./controllers/${name}.js`);
    start(element);
  }
  element.dataset.live = "";
}

/** Escape closes a term's definition without moving the pointer or the focus; the next move of either may open one. */
const { classList } = document.documentElement;
addEventListener("keydown", (event) => event.key === "Escape" && classList.add("quiet-terms"));
for (const move of ["pointerover", "focusin"]) addEventListener(move, () => classList.remove("quiet-terms"));

/** What is answered in a question, whatever kind it is: its fields' names begin with "jawaban-". It stands here and not in a file of
 * its own, since lessons with checks need it on a first visit. */
export function fieldsOf(question) {
  return [...question.querySelectorAll("[name^=jawaban-]")];
}

export function isAnswered(question) {
  return fieldsOf(question).some((field) => (isTicked(field) ? field.checked : field.value.trim() !== ""));
}

/** Whether a field says something else than it was drawn with. */
export function isChanged(field) {
  if (isTicked(field)) return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
}

function isTicked(field) {
  return field.type === "radio" || field.type === "checkbox";
}
