/**
 * Puts items in order: by dragging their grip, by buttons, or by keys on the grip. The menus of places that work
 * without script are hidden, and keep what is sent.
 */
export function start(element) {
  const list = element.querySelector("ol");
  const said = element.querySelector("[data-said]");
  const unused = element.querySelector("[data-unused]");
  let held = null; // what is being moved: { row, from, pointer }, pointer only where it is dragged

  list.append(...rows().sort((one, other) => placeOf(one) - placeOf(other)));
  refresh();

  list.addEventListener("click", ({ target, detail }) => {
    const nudge = target.closest("[data-by]");
    if (nudge) {
      const row = rowOf(nudge);
      if (shift(row, Number(nudge.dataset.by))) keep();
      tell("Moved", row);
    } else if (target.closest("[data-grip]") && detail === 0) {
      // Pressed by a key or a screen reader: a pointer has lifted and dropped already.
      if (held) drop();
      else lift(rowOf(target));
    }
  });

  list.addEventListener("keydown", (event) => {
    if (!held || held.row !== rowOf(event.target)) return;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by) {
      event.preventDefault();
      shift(held.row, by);
      tell("Moved", held.row);
    } else if (event.key === "Escape") putBack();
  });

  list.addEventListener("focusout", () => held && !("pointer" in held) && drop());

  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button !== 0) return;
    if (held) drop();
    grip.focus();
    grip.setPointerCapture(event.pointerId);
    lift(rowOf(grip), { pointer: event.pointerId });
  });

  list.addEventListener("pointermove", (event) => {
    if (held?.pointer !== event.pointerId) return;
    const { row } = held;
    while (row.nextElementSibling && event.clientY > middleOf(row.nextElementSibling)) shift(row, 1);
    while (row.previousElementSibling && event.clientY < middleOf(row.previousElementSibling)) shift(row, -1);
  });

  list.addEventListener("pointerup", ({ pointerId }) => held?.pointer === pointerId && drop());
  list.addEventListener("pointercancel", ({ pointerId }) => held?.pointer === pointerId && putBack());

  element.querySelector("[data-use]").addEventListener("click", () => {
    keep();
    list.querySelector("[data-grip]").focus();
    said.textContent = element.dataset.sayUsed;
  });

  function lift(row, by = {}) {
    held = { row, from: indexOf(row), ...by };
    show(row, true);
    tell("Lifted", row);
  }

  function drop() {
    const { row, from } = held;
    held = null;
    show(row, false);
    if (indexOf(row) !== from) keep();
    tell("Dropped", row);
  }

  function putBack() {
    const { row, from } = held;
    held = null;
    while (indexOf(row) !== from) shift(row, Math.sign(from - indexOf(row)));
    show(row, false);
    tell("Back", row);
  }

  /** The neighbour moves: a row that is taken out of the page loses the focus, and the pointer. */
  function shift(row, by) {
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return false;
    if (by < 0) row.after(other);
    else row.before(other);
    refresh();
    return true;
  }

  /** Make the order on the screen the answer. */
  function keep() {
    rows().forEach((row, index) => (menuOf(row).value = index + 1));
    for (const name of ["input", "change"]) menuOf(list).dispatchEvent(new Event(name, { bubbles: true }));
    refresh();
  }

  function refresh() {
    const all = rows();
    for (const row of all) {
      const [up, down] = row.querySelectorAll("[data-by]");
      up.setAttribute("aria-disabled", row === all[0]);
      down.setAttribute("aria-disabled", row === all.at(-1));
    }
    unused.hidden = all.every((row) => menuOf(row).value !== "");
  }

  function show(row, isHeld) {
    row.classList.toggle("is-held", isHeld);
    row.querySelector("[data-grip]").setAttribute("aria-pressed", isHeld);
  }

  function tell(what, row) {
    const values = { step: row.dataset.step, place: indexOf(row) + 1, count: rows().length };
    said.textContent = element.dataset[`say${what}`].replace(/\{(\w+)\}/g, (_mark, name) => values[name]);
  }

  function rows() {
    return [...list.children];
  }

  function indexOf(row) {
    return rows().indexOf(row);
  }

  function placeOf(row) {
    return Number(menuOf(row).value || list.children.length + 1);
  }
}

function rowOf(element) {
  return element.closest("li");
}

function menuOf(element) {
  return element.querySelector("select");
}

function middleOf(element) {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}
