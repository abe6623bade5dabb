/** Answers a check without leaving the lesson: the section is replaced by what the server says of the answer. */
export function start(section) {
  const form = section.querySelector("form");
  const button = form.querySelector("button");
  const status = form.querySelector("[data-status]");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!form.querySelector("input:checked")) {
      status.textContent = section.dataset.sayEmpty;
      return;
    }
    // Each sending is a later answer of this page than the one before it.
    for (const sequence of form.querySelectorAll("[name^=urutan-]")) sequence.value = Number(sequence.value) + 1;
    status.textContent = "";
    button.disabled = true;
    try {
      replace(section, await send(form));
    } catch {
      status.textContent = section.dataset.sayFailed;
    } finally {
      button.disabled = false;
    }
  });
}

async function send(form) {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { "X-Fragment": "1" },
    redirect: "error",
    signal: AbortSignal.timeout(15_000),
  });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.text();
}

function replace(section, html) {
  const judged = new DOMParser().parseFromString(html, "text/html").querySelector("section");
  section.replaceWith(judged);
  start(judged);
  judged.querySelector("[data-verdict]")?.focus();
}
