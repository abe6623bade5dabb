/**
 * Counts the minutes down by the server's clock, and asks for the attempt to be sent when its time is over: only the
 * server knows whether it is, for somebody may have been given more. Shortly before, whatever is still being written is
 * saved: the page's script listens for "lastcall".
 */
const LAST_CALL = 5_000;

export async function start(form) {
  const left = form.querySelector("[data-left]");
  const ahead = await clockAhead();
  let timer = 0;
  let hasCalled = false;

  // A device that slept wakes up late: it looks at the clock at once.
  document.addEventListener("visibilitychange", tick);
  addEventListener("online", tick);
  tick();

  function tick() {
    clearTimeout(timer);
    const rest = Number(form.dataset.ends) * 1000 - Date.now() + ahead;
    if (rest <= LAST_CALL && !hasCalled) document.dispatchEvent(new Event("lastcall"));
    hasCalled = rest <= LAST_CALL;
    if (rest <= 0 && navigator.onLine) {
      form.submit();
      return;
    }
    const sentence = form.dataset.sayLeft.replace("{}", Math.max(0, Math.ceil(rest / 60_000)));
    if (left.textContent !== sentence) left.textContent = sentence;
    timer = setTimeout(tick, 1000);
  }
}

/** By how many milliseconds this device's clock is ahead of the server's; without an answer it is believed. */
async function clockAhead() {
  try {
    const answer = await fetch(import.meta.url, { method: "HEAD", cache: "no-store" });
    const [weekday, moment] = answer.headers.get("Date").split(", "); // some servers say it twice
    return Date.now() - new Date(`${weekday}, ${moment}`);
  } catch {
    return 0;
  }
}
