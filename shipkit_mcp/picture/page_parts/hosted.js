/* As the view of an MCP App (SEP-1865, 2026-01-26): say hello, take the host's looks, ask for the picture when the tool has answered. */
const waiting = new Map();
let last = 0, context = {}, talking = false;

const inline = () => talking && (context.displayMode || "inline") === "inline";
const post = (message) => window.parent.postMessage({ jsonrpc: "2.0", ...message }, "*");
const tell = (method, params) => post({ method, params });
function ask(method, params) {
  return new Promise((done, failed) => { waiting.set(++last, { done, failed }); post({ id: last, method, params }); });
}

/* What the host tells of itself; later it tells only what changed. */
function heed(news) {
  context = { ...context, ...news };
  if (context.theme === "light" || context.theme === "dark") root.dataset.theme = context.theme;
  else delete root.dataset.theme;
  const variables = (context.styles && context.styles.variables) || {};
  ["--font-sans", "--font-mono"].forEach((name) => variables[name] && root.style.setProperty(name, variables[name]));
  const inset = context.safeAreaInsets || {};
  document.body.style.padding = ["top", "right", "bottom", "left"].map((side) => (Number(inset[side]) || 0) + "px").join(" ");
  byId("full").hidden = !(context.availableDisplayModes || []).includes("fullscreen");
  byId("full").textContent = inline() ? "Full screen" : "Leave full screen";
  measure();
}

/* How high we want to be where the host lets us choose. */
function measure() {
  const box = context.containerDimensions || {};
  if (!inline() || box.height) return;
  tell("ui/notifications/size-changed", { width: root.clientWidth, height: Math.min(box.maxHeight || 560, 560) });
}

async function fetchPicture() {
  try {
    const answer = await ask("resources/read", { uri: "shipkit://picture" });
    show(JSON.parse(answer.contents[0].text));
  } catch (fault) {
    say("The host did not hand over the picture: " + (fault.message || fault) + ".\nThe tool draft_schema_code gives it as text (part: mermaid).");
  }
}

const NEWS = {
  "ui/notifications/tool-result": fetchPicture,
  "ui/notifications/tool-cancelled": () => drawing || say("The call was cancelled, so there is no picture."),
  "ui/notifications/host-context-changed": heed,
};
const ANSWERS = { "ui/resource-teardown": {}, ping: {} };

window.addEventListener("message", (event) => {
  const message = event.data;
  if (event.source !== window.parent || !message || message.jsonrpc !== "2.0") return;
  if (!message.method) {
    const { done, failed } = waiting.get(message.id) || {};
    waiting.delete(message.id);
    if (done) message.error ? failed(message.error) : done(message.result);
  } else if (message.id === undefined) {
    if (NEWS[message.method]) NEWS[message.method](message.params || {});
  } else if (ANSWERS[message.method]) post({ id: message.id, result: ANSWERS[message.method] });
  else post({ id: message.id, error: { code: -32601, message: "not known here: " + message.method } });
});

byId("full").addEventListener("click", async () => {
  const { mode } = await ask("ui/request-display-mode", { mode: inline() ? "fullscreen" : "inline" });
  heed({ displayMode: mode });
});

const given = JSON.parse(byId("data").textContent);
if (given) show(given);
else if (window.parent === window) say("This page shows the picture inside a host of MCP Apps.\nFor a page of its own, run\nshipkit-mcp diagram --out picture.html");
else {
  say("Waiting for the picture.");
  ask("ui/initialize", {
    protocolVersion: "2026-01-26",
    appInfo: { name: "shipkit-picture", version: "1" },
    appCapabilities: { availableDisplayModes: ["inline", "fullscreen"] },
  }).then((host) => {
    talking = true;
    tell("ui/notifications/initialized", {});
    heed(host.hostContext || {});
  }, (fault) => say("The host refused the picture: " + (fault.message || fault)));
}
