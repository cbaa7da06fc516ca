// What only a program can do: the reader's theme, search, filters by owner and priority, and the
// expiry of evidence. Without it every page is complete. No markup is ever made from text.
(function () {
  "use strict";
  var root = document.documentElement;

  function stored(value) {
    try {
      if (value === undefined) { return localStorage.getItem("trueup-theme"); }
      localStorage.setItem("trueup-theme", value);
    } catch (refused) { /* a browser that keeps nothing */ }
    return null;
  }
  var theme = stored();
  if (theme === "light" || theme === "dark") { root.dataset.theme = theme; }

  function make(tag, attributes, text) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      element.setAttribute(name, attributes[name]);
    });
    if (text !== undefined) { element.textContent = text; }
    return element;
  }

  function isDark() {
    if (root.dataset.theme) { return root.dataset.theme === "dark"; }
    return matchMedia("(prefers-color-scheme: dark)").matches;
  }

  function themeButton(tools) {
    var button = make("button", { type: "button", class: "theme" });
    function name() { button.textContent = isDark() ? "Light" : "Dark"; }
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      stored(root.dataset.theme);
      name();
    });
    name();
    tools.append(button);
  }

  function expiry() {
    document.querySelectorAll("[data-until]").forEach(function (note) {
      if (Date.now() > Date.parse(note.dataset.until)) { note.hidden = false; }
    });
  }

  function printing() {
    addEventListener("beforeprint", function () {
      document.querySelectorAll("main details:not([open])").forEach(function (details) {
        details.open = true;
        details.dataset.printed = "";
      });
    });
    addEventListener("afterprint", function () {
      document.querySelectorAll("[data-printed]").forEach(function (details) {
        details.open = false;
        delete details.dataset.printed;
      });
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    var tools = document.querySelector(".tools");
    if (tools) { themeButton(tools); }
    expiry();
    printing();
  });
})();
