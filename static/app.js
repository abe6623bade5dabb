/** Starts the behaviours a page names: <form data-controller="attempt"> is started by controllers/attempt.js. */
for (const element of document.querySelectorAll("[data-controller]")) {
  for (const name of element.dataset.controller.split(" ")) {
    import(`./controllers/${name}.js`).then(({ start }) => start(element));
  }
}

/** Escape closes a term's definition without moving the pointer or the focus; the next move of either may open one. */
const { classList } = document.documentElement;
addEventListener("keydown", (event) => event.key === "Escape" && classList.add("quiet-terms"));
for (const move of ["pointerover", "focusin"]) addEventListener(move, () => classList.remove("quiet-terms"));
