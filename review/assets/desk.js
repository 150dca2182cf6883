"use strict";
// Keys for who works here all day. Every page works without: a key presses a
// button or follows a link that is there.
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  const one = (s, from = document) => from.querySelector(s);
  const all = (s, from = document) => [...from.querySelectorAll(s)];

  const typing = (e) => e.target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(e.target.tagName) ||
    (e.target.tagName === "INPUT" && !/^(checkbox|radio)$/.test(e.target.type));

  // In a list, j and k move the focus from one to the next.
  const stops = () => all("[data-walk] .open");
  const here = () => stops().findIndex((a) => a.closest("li, tr").contains(document.activeElement));
  const step = (by) => {
    const links = stops();
    if (!links.length) return false;
    const at = here();
    const to = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1)];
    to.focus({ preventScroll: true });
    to.closest("li, tr").scrollIntoView({ block: "nearest" });
    return true;
  };

  const keys = one("#keys");
  const help = () => keys && (keys.open ? keys.close() : keys.showModal());

  // A key that opens a choice or a form moves into it: the digits choose there.
  const open = (details) => {
    details.open = true;
    const first = all("[data-first]", details)[0] || all("button, input, select, textarea", details).find((e) => e.type !== "hidden");
    if (first) first.focus();
  };
  const within = (digit) => {
    const choice = document.activeElement.closest("details[data-key]");
    return choice && choice.open ? all("button", choice)[digit - 1] : null;
  };
  const move = (by) => {
    const choice = document.activeElement.closest("details[data-key][open]");
    if (!choice) return false;
    const buttons = all("button", choice);
    const to = buttons[buttons.indexOf(document.activeElement) + by];
    if (to) to.focus();
    return true;
  };

  const press = (key) => {
    const what = [...all("main [data-key]"), ...all("[data-key]")].find((e) => e.dataset.key === key && e.checkVisibility());
    if (!what) return false;
    if (what.tagName === "DETAILS") open(what);
    else if (/^(INPUT|TEXTAREA|SELECT)$/.test(what.tagName)) { what.focus(); if (what.select) what.select(); }
    else what.click();
    return true;
  };

  const select = () => {
    const links = stops(), at = here();
    const box = at >= 0 && one(".pick input", links[at].closest("li"));
    if (box) box.click();
    return Boolean(box);
  };

  document.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === "Escape" && (typing(e) || document.activeElement.closest("details[data-key][open]"))) {
      const choice = document.activeElement.closest("details[data-key][open]");
      if (choice) { choice.open = false; one("summary", choice).focus(); } else e.target.blur();
      return;
    }
    if (typing(e) || (keys && keys.open && e.key !== "?")) return;
    if (e.key === "Enter" && e.target.type === "checkbox") { e.preventDefault(); return; }
    let done = false;
    if (e.key === "?") { help(); done = true; }
    else if (e.key === "j") done = move(1) || step(1) || press("j");
    else if (e.key === "k") done = move(-1) || step(-1) || press("k");
    else if (e.key === "x") done = select();
    else if (/^[1-9]$/.test(e.key) && within(Number(e.key))) { within(Number(e.key)).click(); done = true; }
    else if (e.key.length === 1) done = press(e.key);
    if (done) e.preventDefault();
  });

  // How many are selected, told beside what can be done with them.
  const picked = one("#picked");
  const tell = () => {
    const n = all(".pick input:checked").length;
    if (picked) picked.textContent = n ? ": " + n : "";
  };
  document.addEventListener("change", (e) => { if (e.target.closest(".pick")) tell(); });
  tell();

  // A verdict is given once, however often the key is pressed.
  document.addEventListener("submit", (e) => {
    if (e.target.method !== "post") return;
    if (e.target.dataset.sent) { e.preventDefault(); return; }
    e.target.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => all("form[data-sent]").forEach((f) => delete f.dataset.sent));

  // Coming back to the queue, the first row is where the eyes are.
  if (document.body.dataset.page === "queue" && !location.hash) {
    const first = stops()[0];
    if (first && document.activeElement === document.body) first.focus({ preventScroll: true });
  }
})();
