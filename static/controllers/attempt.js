/**
 * Saves each answer as it is given. What could not be saved is kept and tried again, in order, until it is;
 * the form itself sends the same numbers, so whatever was lost on the way arrives with it.
 */
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 30_000;

export function start(form) {
  const say = form.dataset;
  const overview = document.querySelector("[data-overview]");
  const unsaved = new Set(); // numbers of questions with an answer the server has not confirmed
  const sending = new Set();
  let pause = FIRST_PAUSE;
  let timer = 0;
  let isClosed = false; // the server takes no more answers on this page
  let isLeaving = false;

  form.classList.add("is-live");

  form.addEventListener("change", ({ target }) => {
    const number = target.name.replace("jawaban-", "");
    const sequence = form.elements[`urutan-${number}`];
    sequence.value = Number(sequence.value) + 1;
    unsaved.add(number);
    mark(number);
    save(number);
  });

  form.addEventListener("submit", (event) => {
    const isSending = event.submitter?.value === "kirim";
    // Enter in a question presses a hidden "Simpan": its answer is being saved already.
    if (!isSending || (unsaved.size && !navigator.onLine)) event.preventDefault();
    else isLeaving = true;
  });

  addEventListener("beforeunload", (event) => {
    if (unsaved.size && !isLeaving && !isClosed) event.preventDefault();
  });
  addEventListener("pageshow", () => (isLeaving = false));
  addEventListener("online", retry);
  overview.addEventListener("click", ({ target }) => {
    if (target.closest("a")) overview.open = false;
  });

  async function save(number) {
    if (isClosed || sending.has(number)) return; // one at a time, so that answers arrive in order
    sending.add(number);
    show(number, say.saySaving);
    const sent = form.elements[`urutan-${number}`].value;
    try {
      const answer = await post(number);
      if (answer.type === "opaqueredirect") stop(number, say.sayLeft);
      else if (answer.status >= 500 || answer.status === 429) late(number);
      else if (!answer.ok) stop(number, (await answer.json()).error);
      else confirm(number, sent, (await answer.json()).saved);
    } catch {
      late(number);
    }
    sending.delete(number);
    if (unsaved.has(number) && form.elements[`urutan-${number}`].value !== sent) save(number);
  }

  function post(number) {
    const all = new FormData(form);
    const one = new FormData();
    for (const name of ["csrf_token", "klien", `urutan-${number}`]) one.set(name, all.get(name));
    for (const key of all.getAll(`jawaban-${number}`)) one.append(`jawaban-${number}`, key);
    return fetch(say.save, {
      method: "POST",
      body: one,
      headers: { Accept: "application/json" },
      redirect: "manual",
      keepalive: true,
      signal: AbortSignal.timeout(15_000),
    });
  }

  function confirm(number, sent, time) {
    pause = FIRST_PAUSE;
    if (form.elements[`urutan-${number}`].value !== sent) return; // changed meanwhile: saved again at once
    unsaved.delete(number);
    show(number, say.saySaved.replace("{}", time));
  }

  function late(number) {
    show(number, say.sayFailed, true);
    clearTimeout(timer);
    timer = setTimeout(retry, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }

  function retry() {
    for (const number of unsaved) save(number);
  }

  function stop(number, sentence) {
    isClosed = true;
    const link = document.createElement("a");
    link.href = "";
    link.textContent = say.sayReload;
    show(number, `${sentence} `, true).append(link);
  }

  function show(number, sentence, isLate = false) {
    const own = form.querySelector(`[data-state="${number}"]`);
    for (const state of [own, overview.querySelector("[data-saved]")]) {
      state.textContent = sentence;
      state.classList.toggle("is-late", isLate);
    }
    return own;
  }

  function mark(number) {
    const isAnswered = form.querySelector(`[name="jawaban-${number}"]:checked`) !== null;
    const [sign, word] = overview.querySelectorAll(`[data-number="${number}"] span`);
    sign.textContent = isAnswered ? "✓" : "○";
    word.textContent = isAnswered ? say.sayAnswered : say.sayOpen;
    const answered = new Set([...form.querySelectorAll(":checked")].map((input) => input.name));
    overview.querySelector("[data-answered]").textContent = say.sayCount.replace("{}", answered.size);
  }
}
