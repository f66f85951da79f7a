// The search box completes what is typed: a list below it, gone through by arrows, chosen from by Enter or a click.

const box = document.getElementById("q");
const WAIT = 80; // milliseconds without a key before the server is asked
const FIELDS = { issuer: "cơ quan", signer: "người ký" };

const list = document.createElement("ul");
let status;
let timer = 0;
let asked = new AbortController();
let active = -1;

function address({ url, kind, text }) {
  return url || `${box.form.action}?${new URLSearchParams({ q: `${FIELDS[kind]}:"${text}"` })}`;
}

function dress(part, attributes) {
  for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
  return part;
}

function span(text, attributes) {
  const part = dress(document.createElement("span"), attributes);
  part.textContent = text;
  return part;
}

function option(offer, at) {
  const row = document.createElement("li");
  row.append(span(offer.text, {}), span(box.dataset[offer.kind], { class: "quiet small" }));
  return dress(row, { id: `goi-y-${at + 1}`, role: "option", "data-href": address(offer) });
}

function show(offers) {
  active = -1;
  list.replaceChildren(...offers.map(option));
  list.hidden = !offers.length;
  box.setAttribute("aria-expanded", !list.hidden);
  box.removeAttribute("aria-activedescendant");
  status.textContent = offers.length ? box.dataset.offered.replace("#", offers.length) : "";
}

function activate(at) {
  list.children[active]?.setAttribute("aria-selected", false);
  active = at;
  const row = list.children[at];
  if (!row) return box.removeAttribute("aria-activedescendant");
  row.setAttribute("aria-selected", true);
  row.scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", row.id);
}

async function ask() {
  asked.abort();
  asked = new AbortController();
  const text = box.value;
  try {
    const answer = await fetch(`/api/v1/suggest?${new URLSearchParams({ q: text })}`, { signal: asked.signal });
    const offers = answer.ok ? (await answer.json()).suggestions : [];
    if (box.value === text && document.activeElement === box) show(offers);
  } catch {
    // another key was struck, or the server is away: there is nothing to suggest
  }
}

function stopAsking() {
  clearTimeout(timer);
  asked.abort();
}

function close() {
  stopAsking();
  show([]);
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || list.hidden) return;
  const count = list.children.length;
  const row = list.children[active];
  if (event.key.startsWith("Arrow")) stopAsking(); // nothing changes below whoever goes through the list
  if (event.key === "ArrowDown") activate(active + 1 < count ? active + 1 : -1);
  else if (event.key === "ArrowUp") activate(active < 0 ? count - 1 : active - 1);
  else if (event.key === "Escape") close();
  else if (event.key === "Enter" && row) location.assign(row.dataset.href);
  else return;
  event.preventDefault();
  event.stopPropagation(); // on the page these keys mean something else
}

function attach() {
  dress(list, { id: "goi-y", class: "suggestions", hidden: "", role: "listbox", "aria-label": box.dataset.suggestions });
  dress(box, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id });
  status = span("", { class: "hidden", role: "status" });
  box.form.append(list, status);
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("keydown", key);
  box.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const row = event.target.closest("li");
    if (row) location.assign(row.dataset.href);
  });
  if (document.activeElement === box && box.value !== box.defaultValue) ask(); // typed before this script came
}

if (box) attach();
