import { begin, fieldsOf, isAnswered, isChanged } from "../app.js";

/** Answers a check without leaving the lesson: the section is replaced by what the server says of the answer. */
export function start(section) {
  const form = section.querySelector("form");
  const button = form.querySelector("button");
  const status = form.querySelector("[data-status]");

  form.addEventListener("input", () => forget(section));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (![...form.querySelectorAll("[data-question]")].some(isAnswered)) {
      status.textContent = section.dataset.sayEmpty;
      return;
    }
    // Each sending is a later answer of this page than the one before it.
    for (const sequence of form.querySelectorAll("[name^=urutan-]")) sequence.value = Number(sequence.value) + 1;
    status.textContent = "";
    button.disabled = true;
    try {
      const answer = await send(form);
      if (answer.ok) replace(section, await answer.text());
      else if (answer.status >= 500) throw new Error(answer.statusText);
      else form.submit(); // signed out, or the page is too old: the server's own page says what to do
    } catch {
      status.textContent = section.dataset.sayFailed;
    }
    button.disabled = false;
  });
}

function send(form) {
  return fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { "X-Fragment": "1" },
    redirect: "manual",
    signal: AbortSignal.timeout(15_000),
  });
}

function replace(section, html) {
  const judged = new DOMParser().parseFromString(html, "text/html").querySelector("section");
  section.replaceWith(judged);
  begin(judged);
  judged.querySelector("[data-verdict]")?.focus();
}

/** What was said of a part holds while that stays as it was judged, and of the whole only until something is changed. */
function forget(section) {
  for (const row of section.querySelectorAll(".is-right, .is-wrong")) {
    const fields = row.matches("[name]") ? [row] : fieldsOf(row);
    if (!fields.some(isChanged)) continue;
    row.classList.remove("is-right", "is-wrong");
    for (const said of row.querySelectorAll(".option-verdict, .option-feedback")) said.remove();
  }
  for (const verdict of section.querySelectorAll("[data-verdict]")) verdict.remove();
}
