// Uploading with files and folders dropped on the page: each file is sent by itself into one job, so that a page closed
// or a line cut in the middle loses only what was not yet sent. What is chosen is added to what was.

const form = document.getElementById("upload");
const input = form.elements.file;
const folder = document.getElementById("folder");
const list = document.getElementById("chosen");
const drop = form.querySelector(".drop");
const button = form.querySelector("button");
const limit = Number(form.dataset.limit);
const words = form.dataset; // in the page's language; # stands for a number
const size = (bytes) =>
  bytes < 1024 ** 2 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 ** 2).toFixed(1).replace(".", ",")} MB`;
const NOT_DOCUMENTS = /^(\..*|~\$.*|thumbs\.db|desktop\.ini)$/i;

let rows = []; // {file, element} of what is still to be sent
let job = null;
let signedOut = false; // as the last file sent has found

form.querySelectorAll(".with-script").forEach((part) => (part.hidden = false));
drop.classList.add("ready");
drop.querySelectorAll("label").forEach((label) => label.classList.add("button", "second"));
input.required = false; // what is sent is the list below

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

function notice(text, link = null) {
  form.querySelector(".notice")?.remove();
  if (!text) return;
  const made = element("p", text, "notice");
  made.setAttribute("role", "alert");
  if (link) made.append(" ", link);
  drop.after(made);
}

function choose(files) {
  if (button.disabled) return; // others are being sent: these would stand in the list and be left behind
  for (const file of files) if (!NOT_DOCUMENTS.test(file.name)) add(file);
  notice("");
}

function add(file) {
  const row = { file, element: document.createElement("li") };
  const remove = element("button", words.remove, "plain");
  remove.type = "button";
  remove.setAttribute("aria-label", `${words.remove}: ${file.name}`);
  remove.addEventListener("click", () => {
    rows = rows.filter((other) => other !== row);
    row.element.remove();
  });
  const about = element("span", `${size(file.size)} · `, "quiet small");
  about.append(remove);
  row.element.append(element("span", file.name, "name"), about);
  list.append(row.element);
  if (file.size > limit) say(row.element, words.tooLarge.replace("#", size(limit)));
  else rows.push(row);
}

function say(row, text) {
  row.querySelector("progress, .outcome")?.remove();
  row.append(element("span", text, "outcome failed"));
}

function post({ file, element: row }) {
  row.querySelector(".outcome")?.remove();
  const bar = document.createElement("progress");
  bar.max = Math.max(1, file.size);
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  row.append(bar);
  const body = new FormData();
  body.append("csrf_token", form.elements.csrf_token.value);
  body.append("state", form.elements.state.value);
  if (job) body.append("job", job);
  body.append("file", file);
  return new Promise((arrived, failed) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = (moved) => (bar.value = Math.min(file.size, moved.loaded));
    request.onload = () => {
      if (request.status === 201) return arrived(JSON.parse(request.responseText));
      signedOut = request.status === 400 || request.responseURL !== form.action; // the token is void, or it led elsewhere
      failed(signedOut ? words.failed : reason(request));
    };
    request.onerror = () => failed(words.cutOff);
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(body);
  });
}

function reason(request) {
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const said = page.querySelector(".notice, .failure p:not(.code)");
  return said?.textContent || words.failed;
}

// Whoever signed in again, in another tab, has a session whose token this form lacks.
async function renew() {
  try {
    const answer = await fetch(form.action);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("#upload [name=csrf_token]");
    if (token) form.elements.csrf_token.value = token.value;
  } catch {
    // the line is cut, as sending will say
  }
  signedOut = false;
}

function leading(text, address) {
  const link = element("a", text);
  link.href = address;
  return link;
}

function tell(unsent, page) {
  if (!signedOut) return notice(words.unsent.replace("#", unsent.length), page && leading(words.sent, page));
  const door = leading(words.signIn, words.door);
  door.target = "_blank"; // here the list is kept
  notice(words.signedOut, door);
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
      row.element.querySelector("progress").value = Math.max(1, row.file.size);
    } catch (text) {
      say(row.element, text);
      unsent.push(row);
    }
  }
  rows = unsent;
  hold(false);
  if (!unsent.length) return location.assign(page);
  tell(unsent, page);
}

// A folder dropped is read whole, with the folders in it.
async function files(entry) {
  if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) break;
    found.push(...some);
  }
  return (await Promise.all(found.map(files))).flat();
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
for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
drop.addEventListener("drop", async (event) => {
  event.preventDefault();
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  try {
    choose((await Promise.all(entries.map(files))).flat());
  } catch {
    notice(words.unreadable);
  }
});
