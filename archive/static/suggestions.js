// The search box completes what is typed: a list below it, gone through by arrows, chosen from by Enter or a click.

const box = document.getElementById("q");
const WAIT = 80; // milliseconds without a key before the server is asked
const FIELDS = { issuer: "cơ quan", signer: "người ký" };

const list = document.createElement("ul");
const status = document.createElement("span");
let timer = 0;
let asked = new AbortController();
let active = -1;

function address(offer) {
  if (offer.url) return offer.url;
  return `${box.form.action}?${new URLSearchParams({ q: `${FIELDS[offer.kind]}:"${offer.text}"` })}`;
}

function option(offer, at) {
  const row = document.createElement("li");
  row.id = `goi-y-${at + 1}`;
  row.setAttribute("role", "option");
  row.dataset.href = address(offer);
  const text = document.createElement("span");
  const kind = document.createElement("span");
  text.textContent = offer.text;
  kind.textContent = box.dataset[offer.kind];
  kind.className = "quiet small";
  row.append(text, kind);
  return row;
}

function show(offers) {
  active = -1;
  list.replaceChildren(...offers.map(option));
  list.hidden = !offers.length;
  box.setAttribute("aria-expanded", String(!list.hidden));
  box.removeAttribute("aria-activedescendant");
  status.textContent = offers.length ? box.dataset.offered.replace("#", offers.length) : "";
}

function activate(at) {
  list.children[active]?.setAttribute("aria-selected", "false");
  active = at;
  const row = list.children[at];
  if (!row) return box.removeAttribute("aria-activedescendant");
  row.setAttribute("aria-selected", "true");
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
    // another key was struck meanwhile, or the server is away: then there is nothing to suggest
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
  list.id = "goi-y";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.suggestions);
  status.className = "hidden";
  status.setAttribute("role", "status");
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) {
    box.setAttribute(name, value);
  }
  box.setAttribute("aria-controls", list.id);
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
