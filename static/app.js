/** Starts the behaviours a page names: <form data-controller="attempt"> is started by controllers/attempt.js. */
for (const element of document.querySelectorAll("[data-controller]")) {
  for (const name of element.dataset.controller.split(" ")) {
    import(`./controllers/${name}.js`).then(({ start }) => start(element));
  }
}
