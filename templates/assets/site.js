// What only a program can do: the reader's theme, search, filters by owner and priority, and the
// expiry of evidence. Without it every page is complete. No markup is ever made from text.
(function () {
  "use strict";
  var html = document.documentElement;

  function all(selector, within) { return Array.from((within || document).querySelectorAll(selector)); }

  function make(tag, attributes, text) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    if (text !== undefined) { element.textContent = text; }
    return element;
  }

  function mark(symbol, hue) {
    var space = "http://www.w3.org/2000/svg";
    var svg = document.createElementNS(space, "svg");
    svg.setAttribute("class", "m " + hue);
    svg.setAttribute("aria-hidden", "true");
    var use = document.createElementNS(space, "use");
    use.setAttribute("href", "#_m-" + symbol);
    svg.append(use);
    return svg;
  }

  // The reader's theme, before anything is painted.
  function kept(value) {
    try {
      if (value === undefined) { return localStorage.getItem("trueup-theme"); }
      localStorage.setItem("trueup-theme", value);
    } catch (refused) { /* a browser that keeps nothing */ }
    return null;
  }
  var theme = kept();
  if (theme === "light" || theme === "dark") { html.dataset.theme = theme; }

  function isDark() {
    return html.dataset.theme ? html.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  function themeButton(tools) {
    var button = make("button", { type: "button", class: "theme" });
    function name() { button.textContent = isDark() ? "Light" : "Dark"; }
    button.addEventListener("click", function () {
      html.dataset.theme = isDark() ? "light" : "dark";
      kept(html.dataset.theme);
      name();
    });
    name();
    tools.append(button);
  }

  // Evidence that was good when the page was made and is no longer.
  function expiry() {
    all("[data-until]").forEach(function (note) {
      if (Date.now() > Date.parse(note.dataset.until)) { note.hidden = false; }
    });
  }

  // A link to an item opens what is known of it.
  function linked() {
    function open() {
      var id = location.hash.slice(1);
      try { id = decodeURIComponent(id); } catch (refused) { /* as it stands */ }
      var target = id && document.getElementById(id);
      var more = target && target.querySelector(":scope > .own > details.more, :scope > .says > details.more");
      if (more) { more.open = true; }
    }
    addEventListener("hashchange", open);
    open();
  }

  // For engines that print closed details closed.
  function printing() {
    addEventListener("beforeprint", function () {
      all("main details:not([open])").forEach(function (details) {
        details.open = true;
        details.dataset.printed = "";
      });
    });
    addEventListener("afterprint", function () {
      all("[data-printed]").forEach(function (details) {
        details.open = false;
        delete details.dataset.printed;
      });
    });
  }

  function copying() {
    all(".copy-me").forEach(function (holder) {
      var code = holder.querySelector("code");
      if (!code || !navigator.clipboard) { return; }
      var button = make("button", { type: "button", class: "copy" }, "Copy");
      button.addEventListener("click", function () {
        navigator.clipboard.writeText(code.textContent).then(function () { button.textContent = "Copied"; });
      });
      holder.append(" ", button);
    });
  }

  // Filters: the stylesheet hides by status; this adds owner and priority, the count and the address.
  function filters() {
    var form = document.querySelector(".filters");
    if (!form) { return; }
    var boxes = all("input", form);
    var rows = all(".doc [id].row, .doc tr.own");
    var note = document.querySelector(".filtered");
    var state = form.querySelector(".state");
    var selects = [choice("o", "owner"), choice("p", "priority")].filter(Boolean);
    var statusOf = new Map(rows.map(function (row) {
      var own = row.matches(".own") ? row : row.querySelector(":scope > .own");
      return [row, boxes.find(function (box) { return own && own.classList.contains(box.id.slice(3)); })];
    }));

    function choice(key, name) {
      var values = Array.from(new Set(rows.map(function (row) { return row.dataset[key]; }).filter(Boolean))).sort();
      if (!values.length) { return null; }
      var select = make("select", { "aria-label": name, "data-key": key, "data-name": name });
      select.append(make("option", { value: "" }, "every " + name));
      values.forEach(function (value) { select.append(make("option", { value: value }, value)); });
      form.querySelector("fieldset").append(select);
      return select;
    }

    function apply() {
      var shown = 0;
      var held = new Set();
      rows.forEach(function (row) {
        row.hidden = selects.some(function (select) { return select.value && row.dataset[select.dataset.key] !== select.value; });
        var box = statusOf.get(row);
        if (row.hidden || (box && !box.checked)) { return; }
        shown += 1;
        for (var section = row.closest(".sec"); section; section = section.parentElement.closest(".sec")) { held.add(section); }
      });
      var words = boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.id.slice(3); });
      var picked = selects.filter(function (select) { return select.value; });
      all(".doc .sec").forEach(function (section) { section.hidden = picked.length > 0 && !held.has(section); });
      var told = words.length === boxes.length ? "all statuses" : words.length ? words.join(", ") : "nothing";
      picked.forEach(function (select) { told += ", " + select.dataset.name + " " + select.value; });
      var partial = words.length < boxes.length || picked.length > 0;
      state.textContent = told;
      note.textContent = shown === 0 ? "Nothing matches. " : "Filtered: " + told + ". " + (rows.length - shown) + " of " + rows.length + " items not shown. ";
      note.append(make("a", { href: "#_all" }, "Show all."));
      note.classList.toggle("on", partial);
      return { words: words, picked: picked, partial: partial };
    }

    function write() {
      var now = apply();
      var parts = now.partial ? ["_show=" + now.words.join(",")] : [];
      now.picked.forEach(function (select) { parts.push(select.dataset.name + "=" + encodeURIComponent(select.value)); });
      try { history.replaceState(null, "", parts.length ? "#" + parts.join("&") : location.pathname + location.search); } catch (refused) { /* the address stays */ }
    }

    function read() {
      var hash = location.hash.slice(1);
      if (hash.indexOf("_only-") === 0) { return location.replace("#_show=" + hash.slice(6)); }
      if (hash === "_all") { hash = "_show=" + boxes.map(function (box) { return box.id.slice(3); }).join(","); }
      if (hash.indexOf("_show=") !== 0) { return apply(); }
      var parts = new URLSearchParams(hash);
      var wanted = (parts.get("_show") || "").split(",");
      boxes.forEach(function (box) { box.checked = wanted.indexOf(box.id.slice(3)) >= 0; });
      selects.forEach(function (select) { select.value = parts.get(select.dataset.name) || ""; });
      return apply();
    }

    form.addEventListener("change", write);
    addEventListener("hashchange", read);
    read();
  }

  // Search: one string, scanned whole; loaded when the field is first used.
  var GROUPS = [["i", "Items"], ["a", "Evidence"], ["f", "Failing tests and findings"], ["c", "Checklists"]];
  var ORDER = ["contradicted", "stale", "unproven", "failing", "stale-o", "waived", "waived-o", "invalid", "open", "ready", "verified"];
  var HUES = { "stale-o": "stale", "waived-o": "waived" };
  var MOST = 50;

  function search(tools, root) {
    var link = tools.querySelector(".find-link");
    var field = make("input", { type: "search", placeholder: "Search  /", role: "combobox", "aria-label": "Search items, evidence and findings",
      "aria-expanded": "false", "aria-controls": "_results", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false" });
    var panel = make("div", { id: "_results", class: "results", hidden: "" });
    var list = make("div", { role: "listbox", "aria-label": "Results" });
    var said = make("p", { class: "src", role: "status" });
    panel.append(said, list);
    link.replaceWith(field, panel);
    var index = null;
    var loading = false;
    var active = -1;

    function load() {
      if (index || loading) { return; }
      loading = true;
      var address = root + "assets/search-index.js";
      var url = address;
      if (window.trustedTypes) {
        url = trustedTypes.createPolicy("trueup", {
          createScriptURL: function (asked) {
            if (asked !== address) { throw new TypeError("not the index"); }
            return asked;
          }
        }).createScriptURL(address);
      }
      var script = document.createElement("script");
      script.addEventListener("load", function () { prepare(String(window.TRUEUP_INDEX || "")); show(); });
      script.addEventListener("error", function () { said.textContent = "The index could not be read: assets/search-index.js is missing."; });
      script.src = url;
      document.head.append(script);
    }

    function prepare(text) {
      var lines = text.split("\n");
      var page = 0;
      index = { note: lines[0], lines: lines, low: text.toLowerCase().split("\n"), page: new Int32Array(lines.length) };
      lines.forEach(function (line, at) {
        if (line.charAt(0) === ">") { page = at; }
        index.page[at] = page;
      });
    }

    function find(words) {
      var found = { i: [], a: [], f: [], c: [] };
      var total = 0;
      for (var at = 1; at < index.low.length; at += 1) {
        var line = index.low[at];
        if (!line || line.charAt(0) === ">") { continue; }
        var hit = true;
        for (var w = 0; hit && w < words.length; w += 1) { hit = line.indexOf(words[w], 2) >= 0; }
        if (hit) { total += 1; found[line.charAt(0)].push(at); }
      }
      return { found: found, total: total };
    }

    function rank(at) {
      var place = ORDER.indexOf(index.lines[at].split("\t")[1]);
      return place < 0 ? ORDER.length : place;
    }

    function option(at) {
      var fields = index.lines[at].split("\t");
      var page = index.lines[index.page[at]].slice(1).split("\t");
      var entry = make("a", { role: "option", id: "_r" + at, tabindex: "-1", href: root + page[0] + (fields[4] ? "#" + fields[4] : "") });
      var words = make("span", { class: "hit", dir: "auto" });
      if (fields[1]) { words.append(mark(fields[1], HUES[fields[1]] || fields[1])); }
      words.append(fields[2]);
      var place = fields[0] === "i" ? page[1] + ":" + fields[3] : fields[0] === "f" ? (fields[3] ? fields[3] + " · " : "") + page[1] : fields[3] || page[1];
      entry.append(words, make("span", { class: "src" }, place));
      return entry;
    }

    function show() {
      var words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      list.replaceChildren();
      active = -1;
      field.removeAttribute("aria-activedescendant");
      open(words.length > 0);
      if (!words.length) { return; }
      if (!index) { said.textContent = "Reading the index."; return; }
      var result = find(words);
      var room = MOST;
      GROUPS.forEach(function (group) {
        var hits = result.found[group[0]];
        if (!hits.length || room <= 0) { return; }
        if (hits.length < 5000) { hits.sort(function (a, b) { return rank(a) - rank(b) || a - b; }); }
        var box = make("div", { role: "group", "aria-label": group[1] });
        box.append(make("p", { class: "src", "aria-hidden": "true" }, group[1] + " " + hits.length));
        hits.slice(0, room).forEach(function (at) { box.append(option(at)); });
        room -= hits.length;
        list.append(box);
      });
      said.textContent = (result.total === 0 ? "Nothing matches. " : result.total > MOST ? "The first " + MOST + " of " + result.total + " matches. " : "") + index.note;
    }

    function open(wanted) {
      panel.hidden = !wanted;
      field.setAttribute("aria-expanded", String(wanted));
    }

    function move(by) {
      var options = all("[role=option]", list);
      if (!options.length) { return; }
      if (options[active]) { options[active].removeAttribute("aria-selected"); }
      active = (active + by + options.length) % options.length;
      options[active].setAttribute("aria-selected", "true");
      options[active].scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", options[active].id);
    }

    field.addEventListener("focus", load);
    field.addEventListener("input", function () { load(); show(); });
    field.addEventListener("keydown", function (event) {
      if (event.key === "ArrowDown") { move(1); } else if (event.key === "ArrowUp") { move(-1); } else if (event.key === "Enter") {
        var options = all("[role=option]", list);
        if (options[Math.max(active, 0)]) { options[Math.max(active, 0)].click(); open(false); }
      } else if (event.key === "Escape") { field.value = ""; show(); field.blur(); } else { return; }
      event.preventDefault();
    });
    document.addEventListener("click", function (event) { if (!tools.contains(event.target)) { open(false); } });
    document.addEventListener("keydown", function (event) {
      var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
      if ((event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) || (event.key === "k" && (event.ctrlKey || event.metaKey))) {
        field.focus();
        field.select();
        event.preventDefault();
      }
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    var tools = document.querySelector(".tools");
    if (tools) {
      if (tools.querySelector(".find-link")) { search(tools, document.body.dataset.root || "./"); }
      themeButton(tools);
    }
    expiry();
    linked();
    printing();
    copying();
    filters();
  });
})();
