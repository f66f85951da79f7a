// Files and folders are chosen or dropped in several goes, and each file is sent by itself into one job, so that a page
// closed or a line cut in the middle loses only what was not yet sent.

const form = document.getElementById("upload");
const input = form.elements.file;
const folder = document.getElementById("folder");
const list = document.getElementById("chosen");
const drop = form.querySelector(".drop");
const button = form.querySelector("button");
const limit = Number(form.dataset.limit);
const words = form.dataset; // in the page's language; # stands for a number
const size = (bytes) =>
  bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 2 ** 20).toFixed(1).replace(".", ",")} MB`;
const NOT_DOCUMENTS = /^(\..*|~\$.*|thumbs\.db|desktop\.ini)$/i;

let rows = []; // {file, element} of what is still to be sent
let job = null;
let signedOut = false; // as the last file sent has found

form.querySelectorAll(".with-script").forEach((part) => (part.hidden = false));
drop.classList.add("ready");
drop.querySelectorAll("label").forEach((label) => label.classList.add("button", "second"));
input.required = false; // what is sent is the list below

function element(name, text, attributes) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// Where it leads opens beside this page, which keeps the list.
function notice(text, leads, address) {
  form.querySelector(".notice")?.remove();
  if (!text) return;
  const made = element("p", `${text} `, { class: "notice", role: "alert" });
  if (address) made.append(element("a", leads, { href: address, target: "_blank" }));
  drop.after(made);
}

function choose(files) {
  if (button.disabled) return; // others are being sent, and these would be left behind
  for (const file of files) if (!NOT_DOCUMENTS.test(file.name)) add(file);
  notice("");
}

function add(file) {
  const row = { file, element: element("li", "", {}) };
  const label = `${words.remove}: ${file.name}`;
  const remove = element("button", words.remove, { class: "plain", type: "button", "aria-label": label });
  remove.addEventListener("click", () => {
    rows = rows.filter((other) => other !== row);
    row.element.remove();
  });
  const about = element("span", `${size(file.size)} · `, { class: "quiet small" });
  about.append(remove);
  row.element.append(element("span", file.name, { class: "name" }), about);
  list.append(row.element);
  if (file.size > limit) say(row.element, words.tooLarge.replace("#", size(limit)));
  else rows.push(row);
}

const found = (html, selector) => new DOMParser().parseFromString(html, "text/html").querySelector(selector);

function say(row, text) {
  row.querySelector("progress, .outcome")?.remove();
  row.append(element("span", text, { class: "outcome failed" }));
}

function post({ file, element: row }) {
  row.querySelector(".outcome")?.remove();
  const bar = element("progress", "", { max: Math.max(1, file.size), value: 0, "aria-label": file.name });
  row.append(bar);
  const body = new FormData(form);
  body.set("file", file);
  if (job) body.set("job", job);
  return new Promise((arrived, failed) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = (moved) => (bar.value = moved.loaded); // no more than its max
    request.onload = () => {
      if (request.status === 201) return arrived(JSON.parse(request.responseText));
      signedOut = request.status === 400 || request.responseURL !== form.action; // the token is void, or it led elsewhere
      const said = !signedOut && found(request.responseText, ".notice, .failure p:not(.code)");
      failed(said?.textContent || words.failed);
    };
    request.onerror = () => failed(words.cutOff);
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(body);
  });
}

// Whoever signed in again, in another tab, has a session whose token this form lacks.
async function renew() {
  const page = await fetch(form.action).then((answer) => answer.text(), () => ""); // sending will tell of a cut line
  const token = found(page, "#upload [name=csrf_token]");
  if (token) form.elements.csrf_token.value = token.value;
  signedOut = false;
}

function hold(held) {
  for (const control of [button, folder, input, ...list.querySelectorAll("button")]) control.disabled = held;
}

async function send(event) {
  event.preventDefault();
  if (!rows.length) return notice(words.noneChosen);
  notice("");
  hold(true);
  if (signedOut) await renew();
  const unsent = [];
  let page = null;
  for (const row of rows) {
    try {
      if (signedOut) throw words.failed;
      ({ job, page } = await post(row));
      row.element.querySelector(".quiet").textContent = size(row.file.size); // it can be taken out no more
    } catch (text) {
      say(row.element, text);
      unsent.push(row);
    }
  }
  rows = unsent;
  hold(false);
  if (!unsent.length) return location.assign(page);
  if (signedOut) notice(words.signedOut, words.signIn, words.door);
  else notice(words.unsent.replace("#", unsent.length), words.sent, page);
}

// A folder dropped is read whole, with the folders in it.
async function files(entry) {
  if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed))];
  const reader = entry.createReader();
  const held = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return (await Promise.all(held.map(files))).flat();
    held.push(...some);
  }
}

for (const chooser of [folder, input]) {
  const take = () => {
    choose(chooser.files);
    chooser.value = ""; // the same may be chosen again
  };
  chooser.addEventListener("change", take);
  if (chooser.files.length) take(); // chosen before this script came, or kept over a reload
}
form.addEventListener("submit", send);
form.addEventListener("change", ({ target }) => {
  if (target.name === "state") job = null; // a job's files all come in alike
});
addEventListener("beforeunload", (event) => button.disabled && event.preventDefault()); // what is not sent yet would be lost
for (const name of ["dragenter", "dragover", "dragleave", "drop"])
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
  });
drop.addEventListener("drop", async (event) => {
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  try {
    choose((await Promise.all(entries.map(files))).flat());
  } catch {
    notice(words.unreadable);
  }
});
