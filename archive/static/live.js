// A page about running work fetches itself every second and shows what has changed, until the work is done.

const PERIOD = 1000; // milliseconds
let wait = PERIOD;

async function refresh() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.title = fresh.title;
    const focused = document.activeElement?.id;
    document.getElementById("live").replaceWith(fresh.getElementById("live"));
    if (focused) document.getElementById(focused)?.focus(); // whoever tabs through the page stays where they are
    wait = PERIOD;
  } catch {
    wait = Math.min(wait * 2, 30 * PERIOD); // the server may be restarting
  }
  schedule();
}

function schedule() {
  if (document.getElementById("live").hasAttribute("data-working")) setTimeout(refresh, wait);
}

schedule();
