/** Saves a note a moment after the last key, and again after a lost connection until it is kept. */
const REST = 1_500;
const RETRY = 5_000;

export function start(form) {
  const status = form.querySelector("[data-status]");
  const field = form.elements.catatan;
  let kept = field.defaultValue;
  let timer = 0;
  let isSending = false;

  field.addEventListener("input", () => later(REST));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  addEventListener("beforeunload", (event) => {
    if (field.value !== kept) event.preventDefault();
  });
  addEventListener("online", save);
  if (field.value !== kept) later(REST); // written while this script was on its way

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  async function save() {
    clearTimeout(timer);
    if (isSending || field.value === kept) return;
    isSending = true;
    const sent = field.value;
    status.textContent = form.dataset.saySaving;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        redirect: "manual",
        signal: AbortSignal.timeout(15_000),
      });
      if (answer.ok) {
        kept = sent;
        status.textContent = form.dataset.saySaved.replace("{}", (await answer.json()).saved);
      } else if (answer.status >= 500) throw new Error(answer.statusText);
      else status.textContent = (await answer.json()).error;
    } catch {
      status.textContent = form.dataset.sayFailed;
      later(RETRY);
    }
    isSending = false;
    if (field.value !== sent) later(REST);
  }
}
