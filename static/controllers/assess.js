/**
 * Marks one answer: keeps what is filled in as a draft, chooses levels by digits, and has the next answer here before
 * it is asked for. The page it shows then is the server's own; at most one is fetched ahead.
 */
const REST = 1_000; // after the last key, before a draft is kept
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 30_000;

addEventListener("popstate", () => location.reload());

export function start(form) {
  const say = form.dataset;
  const status = form.querySelector("[data-status]");
  const gone = new AbortController(); // ends what listens once another answer stands here
  const { signal } = gone;
  let kept = filledIn();
  let timer = 0;
  let pause = FIRST_PAUSE;
  let isBusy = false;
  let isLeaving = false;
  const following = say.following ? preload(say.following) : null;

  form.addEventListener("input", () => later(REST), { signal });
  form.addEventListener("keydown", onKey, { signal });
  form.addEventListener("submit", finish, { signal });
  addEventListener("online", keep, { signal });
  addEventListener(
    "beforeunload",
    (event) => {
      if (!isLeaving && filledIn() !== kept) event.preventDefault();
    },
    { signal },
  );

  function filledIn() {
    return new URLSearchParams(new FormData(form)).toString();
  }

  function onKey(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    } else if (/^[1-9]$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey) {
      const level = event.target.closest("[data-criterion]")?.querySelectorAll("[type=radio]")[event.key - 1];
      if (!level) return;
      event.preventDefault();
      level.focus();
      if (!level.checked) level.click();
    }
  }

  function later(rest) {
    clearTimeout(timer);
    timer = setTimeout(keep, rest);
  }

  async function keep() {
    clearTimeout(timer);
    const sent = filledIn();
    if (isBusy || isLeaving || sent === kept) return;
    isBusy = true;
    tell(say.saySaving);
    try {
      const reply = await post(say.save);
      if (reply.ok) {
        kept = sent;
        pause = FIRST_PAUSE;
        tell(say.saySaved.replace("{}", (await reply.json()).saved));
      } else if (reply.status >= 500 || reply.status === 429) throw new Error(reply.statusText);
      else if (reply.type === "opaqueredirect") {
        isLeaving = true; // signed out: the page itself asks to sign in, and comes back with the draft kept last
        location.reload();
      } else tell((await reply.json()).error, true);
    } catch {
      tell(say.sayFailed, true);
      later(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
    isBusy = false;
    if (!isLeaving && pause === FIRST_PAUSE && filledIn() !== sent) later(REST);
  }

  async function finish(event) {
    event.preventDefault();
    clearTimeout(timer);
    if (isLeaving) return;
    isLeaving = true;
    tell(say.saySaving);
    try {
      const reply = await post(form.action);
      if (reply.ok) await goOn(await reply.json());
      else if (reply.status >= 500 || reply.status === 429) throw new Error(reply.statusText);
      else form.submit(); // the server's own page says what is missing, or who was faster
    } catch {
      isLeaving = false;
      tell(say.sayFailed, true);
      later(pause);
    }
  }

  async function goOn({ next, told, progress }) {
    const html = next === say.following ? await following : "";
    if (!html) {
      location.assign(next);
      return;
    }
    gone.abort();
    show(html, next, told, progress);
  }

  function post(address) {
    return fetch(address, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(15_000),
    });
  }

  function tell(sentence, isLate = false) {
    status.textContent = sentence;
    status.classList.toggle("is-late", isLate);
  }
}

/** The next answer's page; "" where it does not come: then it is opened as any page is. */
async function preload(address) {
  try {
    const reply = await fetch(address, { headers: { Accept: "text/html" }, redirect: "error" });
    return reply.ok ? await reply.text() : "";
  } catch {
    return "";
  }
}

function show(html, address, told, progress) {
  const page = new DOMParser().parseFromString(html, "text/html");
  history.pushState(null, "", address);
  document.title = page.title;
  document.body.replaceWith(page.body);
  document.querySelector("[data-progress]").textContent = progress;
  const line = document.createElement("p");
  line.textContent = told;
  document.querySelector(".flashes").replaceChildren(line);
  scrollTo(0, 0);
  document.querySelector("h1").focus();
  const form = document.querySelector("[data-controller=assess]");
  start(form);
  form.dataset.live = "";
}
