/** Sends a form's work in portions, shows how far it is, and goes on where it stopped after a lost connection.
 * Each answer is {done, total, counts, html}: sums of counts fill the last sentence, html goes where data-into says.
 * What the page says with data-before holds until all is done. */
const PATIENCE = 60_000;

export function start(form) {
  const button = form.querySelector("[type=submit]");
  const bar = form.querySelector("[data-bar]");
  const status = form.querySelector("[data-status]");
  const into = document.getElementById(form.dataset.into);
  const sums = {};
  let done = 0;
  let isKept = true;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!button.disabled) run();
  });
  addEventListener("beforeunload", (event) => {
    if (button.disabled || !isKept) event.preventDefault();
  });
  addEventListener("afterprint", () => (isKept = true));
  for (const print of form.querySelectorAll("[data-print]")) print.addEventListener("click", () => window.print());

  async function run() {
    button.disabled = true;
    bar.hidden = false;
    try {
      while (await sendPortion());
      finish();
    } catch (error) {
      status.textContent = error.isRefusal ? error.message : form.dataset.sayFailed;
      button.textContent = form.dataset.sayAgain;
    }
    button.disabled = false;
  }

  async function sendPortion() {
    const body = new FormData(form);
    body.set("mulai", done);
    const answer = await fetch(form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    const said = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(said.error), { isRefusal: true });
    for (const [name, number] of Object.entries(said.counts)) sums[name] = (sums[name] ?? 0) + number;
    if (said.html) {
      into.insertAdjacentHTML("beforeend", said.html);
      isKept = false;
    }
    done = said.done;
    [bar.max, bar.value] = [said.total || 1, done];
    status.textContent = fill(form.dataset.sayProgress, said);
    return done < said.total;
  }

  function finish() {
    button.hidden = bar.hidden = true;
    for (const past of document.querySelectorAll("[data-before]")) past.hidden = true;
    if (form.dataset.sayTitle) document.querySelector("h1").textContent = form.dataset.sayTitle;
    status.textContent = fill(form.dataset.sayDone, sums);
    for (const next of form.querySelectorAll("[data-next]")) next.hidden = false;
  }
}

/** "{done} dari {total}" with its numbers. */
function fill(sentence, numbers) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => numbers[name] ?? 0);
}
