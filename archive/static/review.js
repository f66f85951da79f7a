// Reviewing a document: the field at hand shows where it was read. Enter takes a field and goes to the next that wants a
// look, at last to the button that accepts; Ctrl+Enter accepts from anywhere.

const form = document.getElementById("review");
const paper = document.querySelector(".paper");
const accept = form.querySelector(".decide button");
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

function middle(box, side, length) {
  return box[side] + box[length] / 2;
}

function show(field) {
  paper.querySelector(".at-hand")?.classList.remove("at-hand");
  const place = document.getElementById(`doc-${field}`);
  if (!place) return;
  place.classList.add("at-hand");
  const [there, here] = [place.getBoundingClientRect(), paper.getBoundingClientRect()]; // the window itself stays
  paper.scrollBy({
    top: middle(there, "top", "height") - middle(here, "top", "height"),
    left: middle(there, "left", "width") - middle(here, "left", "width"),
    behavior: calm ? "auto" : "smooth",
  });
}

function fieldOf(element) {
  return element?.closest?.("[data-field]");
}

function takeAndGoOn(field) {
  field.classList.add("taken");
  const next = form.querySelector(".field:is(.lacking, .unsure):not(.taken) :is(input, textarea):not([type=hidden])");
  (next ?? accept).focus();
}

function fill(hint) {
  const into = fieldOf(hint).querySelector("input:not([type=hidden])");
  into.value = hint.dataset.hint;
  unsaved = true;
  into.focus();
  if (into.value.startsWith("/")) into.setSelectionRange(0, 0); // a symbol, whose digits are to be typed before it
}

const changed = ({ value, defaultValue }) => value !== defaultValue;
let unsaved = [...form.querySelectorAll("input, textarea")].some(changed); // typed before this script came
form.addEventListener("input", () => (unsaved = true));
form.addEventListener("submit", () => (unsaved = false));
addEventListener("beforeunload", (event) => unsaved && event.preventDefault());
form.addEventListener("focusin", (event) => fieldOf(event.target) && show(fieldOf(event.target).dataset.field));
form.addEventListener("click", (event) => {
  if (!event.target.matches("[data-hint]")) return;
  event.preventDefault();
  fill(event.target);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.altKey) return;
  const field = fieldOf(event.target);
  if (event.repeat) {
    event.preventDefault(); // a key held down accepts nothing
  } else if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    form.requestSubmit(accept);
  } else if (field && event.target.matches("input, #subject")) {
    event.preventDefault();
    takeAndGoOn(field);
  }
});
if (fieldOf(document.activeElement)) show(fieldOf(document.activeElement).dataset.field);
