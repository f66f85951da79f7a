// Uploading with files dropped on the page, what was chosen listed, and the sending of each shown as it goes.

const form = document.getElementById("upload");
const input = form.elements.file;
const list = document.getElementById("chosen");
const drop = form.querySelector(".drop");
const size = (bytes) =>
  bytes < 1024 ** 2 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 ** 2).toFixed(1).replace(".", ",")} MB`;

form.querySelector(".with-script").hidden = false;
drop.classList.add("ready");
drop.querySelector("label").classList.add("button", "second");

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

function notice(text) {
  form.querySelector(".notice")?.remove();
  if (!text) return;
  const made = element("p", text, "notice");
  made.setAttribute("role", "alert");
  drop.after(made);
}

function show() {
  const files = [...input.files];
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const limit = Number(form.dataset.limit);
  list.replaceChildren(
    ...files.map((file) => {
      const row = document.createElement("li");
      row.append(element("span", file.name, "name"), element("span", size(file.size), "quiet small"));
      return row;
    }),
  );
  const over = total > limit;
  notice(over && `Các tệp đã chọn nặng ${size(total)}, quá mức ${size(limit)} một lần; hãy chia thành nhiều lần.`);
  form.querySelector("button").disabled = over;
}

// The files are sent one after another in one request, so what has been sent in all tells how far each is.
function progress(sent) {
  [...input.files].forEach((file, at) => {
    const bar = list.children[at].querySelector("progress");
    bar.value = Math.max(0, Math.min(file.size, sent));
    sent -= file.size;
  });
}

function send(event) {
  event.preventDefault();
  notice("");
  form.querySelector("button").disabled = true;
  [...input.files].forEach((file, at) => {
    const bar = document.createElement("progress");
    bar.max = Math.max(1, file.size);
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    list.children[at].append(bar);
  });
  const request = new XMLHttpRequest();
  request.upload.onprogress = (moved) => progress(moved.loaded);
  request.onload = () => arrived(request);
  request.onerror = () => failed("Đường truyền bị ngắt; hãy kiểm tra mạng rồi gửi lại.");
  request.open("POST", form.action);
  request.send(new FormData(form));
}

function arrived(request) {
  if (request.status === 200) location.assign(request.responseURL);
  else {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const said = page.querySelector(".notice, .failure p:not(.code)");
    failed(said?.textContent || "Chưa gửi được; hãy thử lại.");
  }
}

function failed(text) {
  list.querySelectorAll("progress").forEach((bar) => bar.remove());
  form.querySelector("button").disabled = false;
  notice(text);
}

input.addEventListener("change", show);
form.addEventListener("submit", send);
for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  show();
});
