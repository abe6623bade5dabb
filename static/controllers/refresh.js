/** Draws an element anew from its own page every few seconds, for a screen that nobody touches. */
export function start(element) {
  setInterval(async () => {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(element.id);
    if (fresh && fresh.innerHTML !== element.innerHTML) element.replaceChildren(...fresh.childNodes);
  }, element.dataset.every * 1000);
}
