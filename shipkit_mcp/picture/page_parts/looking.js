/* Looking closer: the panel of a table, the search, the keyboard. */
let standing = 0, hits = [], chosenHit = 0;

function choose(one) {
  const table = drawing.tables[one];
  shutQuietly();
  open = one;
  cards[one].classList.add("open");
  cards[one].setAttribute("aria-selected", "true");
  stand(one);
  light(one);
  describe(table, one);
  panel.hidden = false;
  panel.scrollTop = 0;
  reveal(one);
}

function describe(table, place) {
  const close = make("button", "Close", "close"), name = make("h2", table.name), state = make("div", undefined, "state " + table.state);
  close.type = "button";
  close.addEventListener("click", shut);
  name.id = "open-name";
  state.append(make("span", STATES[table.state].mark, "dot " + table.state), says(table));
  panel.replaceChildren(close, name, state);
  if (table.comment) panel.append(make("p", table.comment));
  list("Why", table.why, spelled);
  list("What the plan does", table.actions, spelled);
  list("What comes of it", table.effects, spelled);
  list("Evidence", table.evidence, (line) => make("code", line));
  list("Refers to", drawing.links.filter((one) => one.from === place), (link) => going(link.to, ` by ${link.column}${link.delete ? ", on delete " + link.delete : ""}`));
  list("Referred to by", drawing.links.filter((one) => one.to === place), (link) => going(link.from, ` by ${link.column}`));
  columnsOf(table);
  list("Indexes", table.indexes, (line) => make("code", line));
}

function list(title, items, draw = (item) => make("span", item)) {
  if (!items.length) return;
  const rows = make("ul");
  items.forEach((item) => { const row = make("li"); row.append(draw(item)); rows.append(row); });
  panel.append(make("h3", title), rows);
}

/* Text with `names` in it. */
function spelled(text) {
  const line = make("span");
  text.split("`").forEach((part, number) => line.append(number % 2 ? make("code", part) : part));
  return line;
}

function going(to, text) {
  const line = make("span"), go = make("button", drawing.tables[to].name, "go");
  go.type = "button";
  go.addEventListener("click", () => { choose(to); panel.focus(); });
  line.append(go, text);
  return line;
}

function columnsOf(table) {
  if (!table.columns.length) return;
  const rows = make("table");
  table.columns.forEach((column) => {
    const row = rows.insertRow(), name = row.insertCell(), type = row.insertCell();
    name.append((column.added ? "+ " : "") + column.name);
    name.className = column.added ? "added" : "";
    type.append(make("code", column.type));
    const told = [column.added && "planned", column.pk && "primary key", column.fk && "→ " + column.fk, column.unique && "unique", column.required && !column.pk && "not null"].filter(Boolean);
    if (told.length) type.append(make("small", told.join(", ")));
  });
  panel.append(make("h3", "Columns"), rows);
}

function shutQuietly() {
  if (open === null) return;
  cards[open].classList.remove("open");
  cards[open].setAttribute("aria-selected", "false");
  unlight();
}

function shut() {
  const last = open;
  shutQuietly();
  panel.hidden = true;
  open = null;
  if (last !== null) cards[last].focus();
}

/* One card takes part in the order of Tab; the arrows go from there. */
function stand(one) {
  if (cards[standing]) cards[standing].tabIndex = -1;
  standing = one;
  if (cards[one]) cards[one].tabIndex = 0;
}

function step(x, y) {
  const middleOf = (one) => [layout.at[one][0] + drawing.card.width / 2, layout.at[one][1] + drawing.tables[one].h / 2];
  const [fromX, fromY] = middleOf(standing);
  let best = null, least = Infinity;
  cards.forEach((_, one) => {
    const [toX, toY] = middleOf(one), along = (toX - fromX) * x + (toY - fromY) * y, aside = Math.abs((toX - fromX) * y) + Math.abs((toY - fromY) * x);
    const far = along + 2.5 * aside;
    if (along > 20 && far < least) { best = one; least = far; }
  });
  if (best !== null) cards[best].focus();
}

/* The search: names before columns, the best first. */
function rank(table, text) {
  const name = table.name.toLowerCase();
  if (name === text) return 0;
  if (name.startsWith(text)) return 1;
  if (name.includes(text)) return 2;
  return table.columns.some((one) => one.name.toLowerCase().includes(text)) ? 3 : null;
}

function find() {
  const text = search.value.trim().toLowerCase();
  const ranks = drawing.tables.map((table) => (text ? rank(table, text) : null));
  hits = ranks.flatMap((one, place) => (one === null ? [] : [place])).sort((a, b) => ranks[a] - ranks[b] || a - b);
  cards.forEach((card, place) => {
    card.classList.toggle("hit", ranks[place] !== null);
    card.classList.toggle("dim", hits.length > 0 && ranks[place] === null);
  });
  byId("status").textContent = text ? `${hits.length ? counted(hits.length, "table") : "No table"} found` : "";
  chosenHit = 0;
  offer(text);
}

function offer(text) {
  const rows = hits.slice(0, 50).map((place, number) => {
    const table = drawing.tables[place], row = make("li", table.name + " "), column = table.columns.find((one) => one.name.toLowerCase().includes(text));
    row.id = "hit-" + number;
    row.setAttribute("role", "option");
    row.append(make("small", table.name.toLowerCase().includes(text) ? says(table) : "has " + column.name));
    row.addEventListener("pointerdown", (event) => event.preventDefault());
    row.addEventListener("click", () => take(place));
    return row;
  });
  if (text && !rows.length) rows.push(make("li", "No table or column is called so."));
  byId("hits").replaceChildren(...rows);
  byId("hits").hidden = !text;
  search.setAttribute("aria-expanded", String(Boolean(text)));
  mark();
}

function mark() {
  [...byId("hits").children].forEach((row, number) => row.setAttribute("aria-selected", String(hits.length > 0 && number === chosenHit)));
  const row = hits.length && byId("hits").children[chosenHit];
  if (row && search.value) { search.setAttribute("aria-activedescendant", row.id); row.scrollIntoView({ block: "nearest" }); }
  else search.removeAttribute("aria-activedescendant");
}

function folded() {
  byId("hits").hidden = true;
  search.setAttribute("aria-expanded", "false");
  search.removeAttribute("aria-activedescendant");
}

function take(place) {
  folded();
  cards.forEach((card) => card.classList.remove("hit", "dim"));
  if (at.k < NEAR) look([...layout.at[place], drawing.card.width, drawing.tables[place].h]);
  choose(place);
  cards[place].focus();
}

search.addEventListener("input", () => drawing && find());
search.addEventListener("focus", () => { if (drawing && search.value.trim()) find(); });
search.addEventListener("blur", folded);
search.addEventListener("keydown", (event) => {
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (way && hits.length) {
    event.preventDefault();
    const shown = byId("hits").children.length;
    chosenHit = (chosenHit + way + shown) % shown;
    mark();
  } else if (event.key === "Enter" && hits.length) take(hits[chosenHit]);
});

function escape() {
  if (byId("help").open) { byId("help").open = false; byId("help").querySelector("summary").focus(); }
  else if (document.activeElement === search && search.value) { search.value = ""; find(); }
  else if (!panel.hidden) shut();
  else if (search.value) { search.value = ""; find(); }
}

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
document.addEventListener("keydown", (event) => {
  if (!drawing) return;
  if (event.key === "Escape") { escape(); return; }
  if (event.target === search || event.ctrlKey || event.metaKey || event.altKey) return;
  const card = cards.indexOf(event.target), move = MOVES[event.key];
  const keys = { "/": () => search.focus(), "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: () => fit() };
  if (card >= 0) Object.assign(keys, { Enter: () => { choose(card); panel.focus(); }, " ": () => { choose(card); panel.focus(); }, Home: () => cards[0].focus(), End: () => cards.at(-1).focus() });
  if (move && !panel.contains(event.target)) keys[event.key] = () => (card >= 0 && !event.shiftKey ? step(...move) : pan(-60 * move[0], -60 * move[1], true));
  if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
});
document.addEventListener("pointerdown", (event) => { if (!byId("help").contains(event.target)) byId("help").open = false; });
