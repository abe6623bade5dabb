/** Says below a text field how many words stand in it. */
export function start(element) {
  const field = element.querySelector("textarea");
  const count = document.createElement("p");
  count.className = "question-hint";
  element.append(count);
  field.addEventListener("input", tell);
  tell();

  function tell() {
    const words = field.value.split(/\s+/).filter(Boolean).length;
    const sentence = words === 1 ? (element.dataset.sayOne ?? element.dataset.say) : element.dataset.say;
    count.textContent = sentence.replace("{}", words);
  }
}
