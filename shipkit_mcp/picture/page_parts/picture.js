/* The picture: cards, the keys between them, groups. */
const byId = (id) => document.getElementById(id);
const root = document.documentElement, view = byId("view"), world = byId("world"), panel = byId("panel"), search = byId("search"), note = byId("note");
const STATES = {
  existing: { mark: "", says: "existing" },
  planned: { mark: "+", says: "planned" },
  changed: { mark: "~", says: "to change" },
  removed: { mark: "×", says: "proposed for removal" },
};
let drawing = null, layout = null, cards = [], open = null;

function make(tag, text, name) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (name) made.className = name;
  return made;
}

function drawn(tag, shape) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  made.setAttribute("d", shape);
  return made;
}

/* A name that may break behind an underscore or a dot, and the size at which it fills a card. */
const parts = (name) => name.split(/(?<=[_.])/);
function breaking(name) {
  const made = make("b");
  parts(name).forEach((part) => made.append(part, make("wbr")));
  return made;
}
function fullest(table) {
  const longest = Math.max(...parts(table.name).map((one) => one.length), 5);
  return Math.min((drawing.card.width - 16) / (0.72 * longest), (table.h - 12) / (1.15 * parts(table.name).length));
}

const says = (table) => (table.accepted ? "to be removed" : STATES[table.state].says);
const counted = (number, what) => `${number} ${what}${number === 1 ? "" : "s"}`;

function say(text) {
  note.textContent = text;
  note.hidden = !text;
}

function show(data) {
  drawing = data; layout = null; open = null; moved = false;
  panel.hidden = true;
  byId("title").textContent = byId("title").title = data.title;
  byId("legend").replaceChildren(...Object.entries(data.counts).map(([state, count]) => {
    const item = make("li", undefined, count ? "state " + state : "none");
    item.append(make("span", STATES[state].mark, "dot " + state), make("b", String(count)), " " + STATES[state].says);
    return item;
  }));
  cards = data.tables.map(cardOf);
  byId("cards").replaceChildren(...cards);
  byId("frames").replaceChildren(...data.groups.map(() => make("div", undefined, "frame")));
  byId("names").replaceChildren(...data.groups.map(nameOf));
  byId("links").replaceChildren();
  say(data.tables.length ? "" : "There is no table yet, neither in the schema nor in the plan.\nPlan some, then draw again.");
  stand(0);
  fit(false);
}

function cardOf(table, place) {
  const card = make("div", undefined, "card " + table.state);
  card.tabIndex = place ? -1 : 0;
  card.setAttribute("role", "option");
  card.setAttribute("aria-selected", "false");
  card.setAttribute("aria-label", `${table.name}, ${says(table)}, ${counted(table.columns.length, "column")}`);
  card.title = table.name;
  card.style.width = drawing.card.width + "px";
  card.style.height = table.h + "px";
  card.style.setProperty("--most", fullest(table) + "px");
  const head = make("div", undefined, "head"), rows = make("div", undefined, "rows");
  const state = make("small", undefined, "state " + table.state);
  state.append(make("span", STATES[table.state].mark, "mark"), make("span", says(table)));
  head.append(breaking(table.name), state);
  table.shown.forEach((at) => rows.append(rowOf(table.columns[at], place)));
  const more = table.columns.length - table.shown.length;
  if (more) rows.append(make("div", `${counted(more, "more column")}`, "row more"));
  card.append(head, rows);
  card.addEventListener("click", () => { if (!dragged) choose(place); });
  card.addEventListener("focus", () => { stand(place); reveal(place); });
  return card;
}

function rowOf(column, place) {
  const row = make("div", undefined, "row" + (column.added ? " added" : ""));
  const hub = drawing.links.find((one) => one.from === place && one.hub && one.column === column.name);
  const mark = column.added ? "+" : column.pk ? "#" : column.fk ? "→" : "";
  row.append(make("i", mark), make("span", column.name), make("span", hub ? "→ " + drawing.tables[hub.to].name : column.short));
  return row;
}

function nameOf(name, place) {
  const made = make("div", undefined, name.length < 12 ? "name short" : "name");
  const text = make("span");
  text.append(...breaking(name).childNodes);
  made.append(text);
  made.addEventListener("click", () => { if (!dragged) look(layout.frames[place]); });
  return made;
}

/* Put everything where a layout says. */
function lay(chosen) {
  if (layout === chosen) return;
  layout = chosen;
  cards.forEach((card, place) => { [card.style.left, card.style.top] = layout.at[place].map((one) => one + "px"); });
  ["frames", "names"].forEach((id) => [...byId(id).children].forEach((one, place) => {
    const [left, top, width, height] = layout.frames[place];
    Object.assign(one.style, { left: left + "px", top: top + "px", width: width + "px" });
    if (id === "frames") one.style.height = height + "px";
    else one.style.setProperty("--high", height + "px");
  }));
  byId("links").replaceChildren(...layout.paths.flatMap((path, place) => (drawing.links[place].hub ? [] : [strokes(path, drawing.links[place])])));
  if (open !== null) light(open);
}

/* A key's path with its ends: a fork or a bar where it starts, a bar or a ring where it ends. */
function strokes(path, link) {
  const numbers = path.match(/-?\d+/g).map(Number), [x, y] = numbers, [to, at] = numbers.slice(-2);
  const out = numbers[2] < x || (numbers[2] === x && numbers[4] < x) ? -1 : 1;
  const back = numbers.at(-4) < to ? -1 : 1;
  const many = link.one ? `M${x + out * 8} ${y - 5}v10` : `M${x} ${y - 5}L${x + out * 10} ${y}L${x} ${y + 5}`;
  const one = link.optional ? `M${to + back * 4} ${at}a4 4 0 1 0 ${back * 8} 0a4 4 0 1 0 ${-back * 8} 0` : `M${to + back * 8} ${at - 5}v10`;
  const made = drawn("path", path + many + one);
  if (path.includes("C")) made.setAttribute("class", "between");
  return made;
}

function light(place) {
  const mine = layout.paths.flatMap((path, at) => {
    const link = drawing.links[at];
    return link.from === place || link.to === place ? [strokes(path, link)] : [];
  });
  byId("chosen").replaceChildren(...mine);
  byId("links").classList.toggle("quiet", mine.length > 0);
}

function unlight() {
  byId("chosen").replaceChildren();
  byId("links").classList.remove("quiet");
}
