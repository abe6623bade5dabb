/**
 * Saves each answer as it is given. What could not be saved is kept and tried again, in order, until it is;
 * the form itself sends the same sequence numbers, so whatever was lost on the way arrives with it.
 */
import { fieldsOf, isAnswered, isChanged } from "../app.js";

const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 30_000;
const TYPING_PAUSE = 1_000; // after the last letter, before what was written is saved
const LAST_PAUSE = 200; // the same when the time is nearly over
const CHECK = "periksa-";

export function start(form) {
  const say = form.dataset;
  const overview = document.querySelector("[data-overview]");
  const unsaved = new Set(); // questions, by number, with an answer the server has not confirmed
  const sending = new Set();
  const asked = new Set(); // questions to be checked once what is on its way has arrived
  const typing = new Map(); // fields that are being written in, each with its timer
  let typingPause = TYPING_PAUSE;
  let pause = FIRST_PAUSE;
  let timer = 0;
  let isClosed = false; // the server takes no more answers from this page
  let isLeaving = false;

  form.addEventListener("change", ({ target }) => target.name.startsWith("jawaban-") && answer(numberOf(target)));
  form.addEventListener("input", ({ target }) => {
    if (!target.matches("textarea, input[type=text]")) return;
    unsaved.add(numberOf(target));
    clearTimeout(typing.get(target));
    typing.set(target, setTimeout(() => answer(numberOf(target)), typingPause));
  });

  form.addEventListener("submit", (event) => {
    const button = event.submitter?.value ?? "";
    if (button.startsWith(CHECK)) {
      event.preventDefault();
      check(button.slice(CHECK.length));
      return;
    }
    const isSending = button === "kirim";
    // Enter in a question presses a hidden "Simpan": its answer is being saved already.
    if (!isSending || (unsaved.size && !navigator.onLine)) event.preventDefault();
    else isLeaving = true;
  });

  addEventListener("beforeunload", (event) => {
    if (unsaved.size && !isLeaving && !isClosed) event.preventDefault();
  });
  addEventListener("pageshow", () => (isLeaving = false));
  addEventListener("online", retry);
  document.addEventListener("lastcall", () => {
    typingPause = LAST_PAUSE;
    for (const number of unsaved) answer(number);
  });
  overview.addEventListener("click", ({ target }) => {
    if (target.closest("a")) overview.open = false;
  });

  // What was answered while this script was still on its way differs from what the page was drawn with.
  for (const question of form.querySelectorAll("[data-question]")) {
    if (fieldsOf(question).some(isChanged)) answer(question.dataset.question);
  }

  function answer(number) {
    for (const field of fieldsOf(questionOf(number))) clearTimeout(typing.get(field));
    const sequence = sequenceOf(number);
    sequence.value = Number(sequence.value) + 1;
    unsaved.add(number);
    count(number);
    save(number);
  }

  /** One sending of a question at a time, so that its answers arrive in order. */
  async function save(number) {
    if (isClosed || sending.has(number)) return;
    sending.add(number);
    tell(number, say.saySaving);
    const sent = sequenceOf(number).value;
    try {
      const reply = await post(number);
      if (reply.type === "opaqueredirect") stop(number, say.sayLeft);
      else if (reply.status === 503) retryLater(number, (await reply.json()).error);
      else if (reply.status >= 500 || reply.status === 429) retryLater(number);
      else if (!reply.ok) stop(number, (await reply.json()).error);
      else confirm(number, sent, await reply.json());
    } catch {
      retryLater(number);
    }
    sending.delete(number);
    if (asked.delete(number)) check(number);
    else if (unsaved.has(number) && sequenceOf(number).value !== sent) save(number);
  }

  function post(number) {
    return fetch(say.save, {
      method: "POST",
      body: fieldsToSend(number),
      headers: { Accept: "application/json" },
      redirect: "manual",
      keepalive: true,
      signal: AbortSignal.timeout(15_000),
    });
  }

  function fieldsToSend(number) {
    const fields = fieldsOf(questionOf(number)).map(({ name }) => name);
    const names = ["csrf_token", "klien", "terlihat", `urutan-${number}`, ...fields];
    const one = new FormData();
    for (const [name, value] of new FormData(form)) if (names.includes(name)) one.append(name, value);
    return one;
  }

  function confirm(number, sent, reply) {
    pause = FIRST_PAUSE;
    extend(reply.ends);
    if (sequenceOf(number).value !== sent) return; // changed meanwhile, and sent again at once
    unsaved.delete(number);
    const sentence = say.saySaved.replace("{}", reply.saved);
    const more = reply.locked ? say.sayLocked : reply.elsewhere ? say.sayElsewhere : "";
    const own = tell(number, sentence);
    if (more) own.textContent = `${sentence}. ${more}`;
  }

  /** The attempt's end as the server has it now: more time may have been given. */
  function extend(ends) {
    const deadline = document.querySelector("[data-ends]");
    if (deadline && ends) deadline.dataset.ends = ends;
  }

  /** Has one question checked: what comes back, with its key, takes the place of the open one. */
  async function check(number) {
    const question = questionOf(number);
    if (isClosed) return;
    if (sending.has(number)) {
      asked.add(number);
      return;
    }
    if (!isAnswered(question)) {
      tell(number, say.sayEmpty);
      return;
    }
    for (const field of fieldsOf(question)) clearTimeout(typing.get(field));
    sequenceOf(number).value = Number(sequenceOf(number).value) + 1;
    sending.add(number);
    tell(number, say.saySaving);
    try {
      const reply = await fetch(say.check.replace(/0$/, number), {
        method: "POST",
        body: fieldsToSend(number),
        headers: { Accept: "application/json" },
        redirect: "manual",
        signal: AbortSignal.timeout(15_000),
      });
      if (reply.type === "opaqueredirect") stop(number, say.sayLeft);
      else if (reply.ok) close(number, await reply.text());
      else if (reply.status >= 500 || reply.status === 429) throw new Error(reply.statusText);
      else if (reply.status === 400) tell(number, (await reply.json()).error, true);
      else stop(number, (await reply.json()).error);
    } catch {
      tell(number, say.sayUnsent, true);
    }
    sending.delete(number);
  }

  function close(number, html) {
    const reply = new DOMParser().parseFromString(html, "text/html");
    const judged = reply.querySelector("[data-question]");
    unsaved.delete(number);
    tell(number, "");
    questionOf(number).replaceWith(judged);
    count(number);
    overview.querySelector(`[data-number="${number}"]`).replaceWith(reply.querySelector("[data-number]"));
    judged.focus();
  }

  function retryLater(number, sentence = say.sayFailed) {
    tell(number, sentence, true);
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
    tell(number, `${sentence} `, true).append(link);
  }

  /** Says how the saving of a question goes, beside it; above, what matters most of all questions. */
  function tell(number, sentence, isLate = false) {
    const own = form.querySelector(`[data-state="${number}"]`);
    own.textContent = sentence;
    own.classList.toggle("is-late", isLate);
    const late = form.querySelector(".is-late");
    const whole = document.querySelector("[data-saved]");
    whole.textContent = late ? late.textContent : sentence;
    whole.classList.toggle("is-late", late !== null);
    return own;
  }

  function count(number) {
    const answered = [...form.querySelectorAll("[data-question]")].filter((one) => isLocked(one) || isAnswered(one));
    const isDone = answered.includes(questionOf(number));
    const [sign, word] = overview.querySelectorAll(`[data-number="${number}"] span`);
    sign.textContent = isDone ? "✓" : "○";
    word.textContent = isDone ? say.sayAnswered : say.sayOpen;
    document.querySelector("[data-answered]").textContent = say.sayCount.replace("{}", answered.length);
  }

  /** What was checked had an answer, and need not show it in fields any more. */
  function isLocked(question) {
    return !sequenceOf(question.dataset.question);
  }

  function sequenceOf(number) {
    return form.elements[`urutan-${number}`];
  }

  function questionOf(number) {
    return form.querySelector(`[data-question="${number}"]`);
  }

  function numberOf(field) {
    return field.closest("[data-question]").dataset.question;
  }
}
