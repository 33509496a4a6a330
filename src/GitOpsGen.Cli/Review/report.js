"use strict";
// Filters and sorts what is already there. It has no angle bracket to the left and no ampersand, so that the page is well-formed XML too.
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const control = id => document.getElementById(id);
const filter = control("filter");

if (filter) {
  const items = all("[data-kind]");
  const isOf = (item, environment) =>
    environment === "" || !item.dataset.environments || item.dataset.environments.split(" ").includes(environment);
  const apply = () => {
    const environment = control("environment").value;
    const text = control("text").value.trim().toLowerCase();
    const kind = control("kind").value;
    for (const item of items) {
      const fits = [
        isOf(item, environment),
        text === "" || item.textContent.toLowerCase().includes(text),
        kind === "" || item.dataset.kind === kind,
      ];
      item.hidden = !fits.every(Boolean);
    }
    for (const group of all(".group, .scroll")) {
      const inside = all("[data-kind]", group);
      group.hidden = inside.length ? inside.every(item => item.hidden) : false;
    }
    const shown = items.filter(item => !item.hidden).length;
    control("shown").textContent = shown === items.length ? "" : `${shown} of ${items.length} shown`;
  };
  filter.addEventListener("input", apply);
  filter.hidden = false;
  apply();
}

for (const heading of all("thead th")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = heading.textContent;
  heading.replaceChildren(button);
  button.addEventListener("click", () => {
    const direction = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    const value = row => row.cells[heading.cellIndex].dataset.order || row.cells[heading.cellIndex].textContent;
    const body = heading.closest("table").tBodies[0];
    const rows = [...body.rows].sort((a, b) => direction * value(a).localeCompare(value(b), "en", { numeric: true }));
    all("th", heading.parentNode).forEach(other => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
    body.append(...rows);
  });
}

addEventListener("beforeprint", () => all("details").forEach(folded => { folded.open = true; }));
