// On a document opened from a search: "n" goes to the next place where something was found, "p" to the one before.

const places = [...document.querySelectorAll("mark[id], .found")];
const typing = (target) => target.matches("input, textarea, select, [contenteditable]");
let at = places.findIndex((place) => place.id === location.hash.slice(1));

function show(place) {
  place.setAttribute("tabindex", "-1");
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "center" });
}

// Beyond the pages shown the links below the first and the last page with a place lead on.
function turn(step) {
  const links = [...document.querySelectorAll(`figcaption a[rel=${step > 0 ? "next" : "prev"}]`)];
  const link = links.at(step > 0 ? -1 : 0);
  if (link && !document.getElementById(link.hash.slice(1))) link.click();
}

function go(step) {
  if (places[at + step]) show(places[(at += step)]);
  else turn(step);
}

// Once loaded, for until then the browser itself scrolls to the place, to the very edge of the window; who types
// meanwhile goes on.
addEventListener("load", () => at >= 0 && !typing(document.activeElement) && show(places[at]));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  const step = { n: 1, p: -1 }[event.key];
  if (!step || !places.length) return;
  go(at < 0 ? 1 : step);
  event.preventDefault();
});
