// Keys on every page: "/" goes to the search box, the arrows walk the list of results, Escape leaves either.
// Of a page just opened the arrow down begins the walk; once the page is scrolled it scrolls, as anywhere.

const box = document.getElementById("q");
const typing = (target) => target.matches("input, textarea, select, [contenteditable]");

function walk(step) {
  const links = [...document.querySelectorAll("a.open")];
  const at = links.indexOf(document.activeElement) + step;
  if (at < 0) box?.focus();
  else links[Math.min(at, links.length - 1)]?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const inBox = event.target === box;
  const opened = event.target === document.body && !scrollY && document.querySelector("a.open");
  if (event.key === "/" && box && !typing(event.target)) {
    box.focus();
    box.select();
  } else if (event.key === "Escape" && (inBox || event.target.matches("a.open"))) {
    event.target.blur();
    return;
  } else if (event.key === "ArrowDown" && (inBox || opened || event.target.matches("a.open"))) {
    walk(1);
  } else if (event.key === "ArrowUp" && event.target.matches("a.open")) {
    walk(-1);
  } else {
    return;
  }
  event.preventDefault();
});
