/* Pan and zoom: mouse, wheel, fingers. */
const at = { x: 0, y: 0, k: 1 }, MOST = 2.5, NEAR = 0.58, TINY = 0.45, FAR = 0.2, EDGE = 16;
let moved = false, dragged = false, least = 0.05;
const fingers = new Map();

function place(glide) {
  world.classList.toggle("glide", Boolean(glide));
  world.style.transform = `translate(${at.x}px, ${at.y}px) scale(${at.k})`;
  world.style.setProperty("--k", at.k);
  world.classList.toggle("far", at.k < NEAR);
  world.classList.toggle("tiny", at.k < TINY);
  world.classList.toggle("map", at.k < FAR && drawing.groups.length > 0);
}

/* What the panel leaves of the picture. */
function room() {
  const below = panel.offsetWidth === view.clientWidth;
  return {
    w: view.clientWidth - (panel.hidden || below ? 0 : panel.offsetWidth),
    h: view.clientHeight - (panel.hidden || !below ? 0 : panel.offsetHeight),
  };
}

function scaleOf(one, { w, h }) {
  return Math.min((w - 2 * EDGE) / one.width, (h - 2 * EDGE) / one.height);
}

function fit(glide = true) {
  if (!drawing || !drawing.tables.length) return;
  const free = room();
  lay(drawing.layouts.reduce((best, one) => (scaleOf(one, free) > scaleOf(best, free) ? one : best)));
  at.k = Math.min(1.15, Math.max(0.03, scaleOf(layout, free)));
  at.x = (free.w - layout.width * at.k) / 2;
  at.y = (free.h - layout.height * at.k) / 2;
  least = at.k * 0.7;
  moved = false;
  place(glide);
}

/* Bring a box into the middle, as large as fits, and never so small that its cards have no names. */
function look([left, top, width, height]) {
  const free = room();
  at.k = Math.min(1, Math.max(FAR * 1.05, scaleOf({ width, height }, free)));
  at.x = free.w / 2 - (left + width / 2) * at.k;
  at.y = Math.max(free.h / 2 - (top + height / 2) * at.k, EDGE - top * at.k - Math.max(0, height * at.k - free.h));
  moved = true;
  place(true);
}

function zoom(factor, x = view.clientWidth / 2, y = view.clientHeight / 2, glide = true) {
  if (!layout) return;
  const k = Math.min(MOST, Math.max(least, at.k * factor));
  at.x = x - (x - at.x) * (k / at.k); at.y = y - (y - at.y) * (k / at.k); at.k = k;
  moved = true;
  place(glide);
}

function pan(x, y, glide = false) {
  if (!layout) return;
  const { w, h } = room(), keep = 60;
  at.x = Math.min(w - keep, Math.max(keep - layout.width * at.k, at.x + x));
  at.y = Math.min(h - keep, Math.max(keep - layout.height * at.k, at.y + y));
  moved = true;
  place(glide);
}

/* Bring a card into sight, and no more than that. */
function reveal(one) {
  view.scrollTop = view.scrollLeft = 0;
  const free = room(), [left, top] = layout.at[one], high = drawing.tables[one].h * at.k, wide = drawing.card.width * at.k;
  const need = (start, size, space) => (size > space - 2 * EDGE || start < EDGE ? EDGE - start : Math.min(0, space - EDGE - size - start));
  const x = need(at.x + left * at.k, wide, free.w), y = need(at.y + top * at.k, high, free.h);
  if (x || y) pan(x, y, true);
}

function middle() {
  const all = [...fingers.values()], box = view.getBoundingClientRect();
  const sum = all.reduce((so, one) => ({ x: so.x + one.x / all.length, y: so.y + one.y / all.length }), { x: -box.left, y: -box.top });
  return { ...sum, apart: all.length > 1 ? Math.hypot(all[0].x - all[1].x, all[0].y - all[1].y) : 0 };
}

let grip = null, start = null;
view.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  if (!fingers.size) dragged = false;
  fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  grip = middle(); start = start || grip;
});
window.addEventListener("pointermove", (event) => {
  if (!fingers.has(event.pointerId)) return;
  fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  const now = middle();
  if (!dragged && fingers.size === 1 && Math.hypot(now.x - start.x, now.y - start.y) < 5) return;
  dragged = true; view.classList.add("drag");
  pan(now.x - grip.x, now.y - grip.y);
  if (now.apart && grip.apart) zoom(now.apart / grip.apart, now.x, now.y, false);
  grip = now;
});
["pointerup", "pointercancel"].forEach((name) => window.addEventListener(name, (event) => {
  fingers.delete(event.pointerId);
  grip = fingers.size ? middle() : null;
  if (!fingers.size) { start = null; view.classList.remove("drag"); }
}));

/* A wheel moves, as on any page; with Ctrl, which is also how browsers tell of a pinch, it zooms. */
view.addEventListener("wheel", (event) => {
  const line = event.deltaMode === 1 ? 16 : 1, box = view.getBoundingClientRect();
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    zoom(Math.exp(Math.max(-60, Math.min(60, -event.deltaY * line)) * 0.006), event.clientX - box.left, event.clientY - box.top, false);
  } else if (!inline()) {
    event.preventDefault();
    pan(-(event.shiftKey ? event.deltaY : event.deltaX) * line, -(event.shiftKey ? 0 : event.deltaY) * line);
  }
}, { passive: false });

byId("in").addEventListener("click", () => zoom(1.25));
byId("out").addEventListener("click", () => zoom(0.8));
byId("fit").addEventListener("click", () => fit());
new ResizeObserver(() => { if (!moved && open === null) fit(false); }).observe(view);
