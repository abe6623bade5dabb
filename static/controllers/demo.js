/** On the sign-in page of a demo, a tap on a name fills the form in. */
export function start(panel) {
  const form = document.getElementById(panel.dataset.form);
  const password = panel.querySelector("[data-demo-password]").textContent;
  for (const item of panel.querySelectorAll("[data-username]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet";
    button.textContent = item.textContent;
    button.addEventListener("click", () => {
      form.elements.username.value = button.textContent;
      form.elements.password.value = password;
      form.querySelector("button").focus();
    });
    item.replaceChildren(button);
  }
}
