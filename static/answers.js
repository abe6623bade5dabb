/** What is answered in a question, whatever kind it is: its fields' names begin with "jawaban-". */

export function fieldsOf(question) {
  return [...question.querySelectorAll("[name^=jawaban-]")];
}

export function isAnswered(question) {
  return fieldsOf(question).some((field) => (isTicked(field) ? field.checked : field.value.trim() !== ""));
}

/** Whether a field says something else than it was drawn with. */
export function isChanged(field) {
  if (isTicked(field)) return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
}

function isTicked(field) {
  return field.type === "radio" || field.type === "checkbox";
}
