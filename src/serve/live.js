// Put into each page by `trueup serve`: loads it anew when the report was made anew.
"use strict";
(() => {
  const { edition } = document.currentScript.dataset;
  const news = new EventSource("/.trueup/events?seen=" + edition);
  news.addEventListener("edition", () => {
    news.close();
    location.reload();
  });
})();
