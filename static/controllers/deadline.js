/** Counts the minutes down by the server's clock, and sends the attempt when its time is over. */
export async function start(form) {
  const left = form.querySelector("[data-left]");
  const ends = Number(form.dataset.ends) * 1000;
  const ahead = await clockAhead();

  (function tick() {
    const rest = ends - Date.now() + ahead;
    if (rest < -1000) {
      form.submit();
      return;
    }
    const sentence = form.dataset.sayLeft.replace("{}", Math.max(0, Math.ceil(rest / 60_000)));
    if (left.textContent !== sentence) left.textContent = sentence;
    setTimeout(tick, 1000);
  })();
}

/** By how many milliseconds this device's clock is ahead of the server's. */
async function clockAhead() {
  const answer = await fetch(import.meta.url, { method: "HEAD", cache: "no-store" });
  const [weekday, moment] = answer.headers.get("Date").split(", "); // some servers say it twice
  return Date.now() - new Date(`${weekday}, ${moment}`);
}
