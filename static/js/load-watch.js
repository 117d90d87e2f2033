/**
 * Say so when a part of the page does not arrive, or when the browser is too old for it.
 *
 * A classic script in the words of old browsers, since it has to run where nothing else does. The
 * sentences stand in the page; `main.js` dispatches "ready" on the document once everything works.
 */
(function () {
  var PATIENCE = 8000; // milliseconds until a person is told that it is still loading
  var isReady = false;
  var shown = null;

  function show(kind) {
    var notice = document.getElementById("load-trouble");
    if (notice === null) {
      setTimeout(function () {
        show(kind); // the page is still being read
      }, 50);
      return;
    }
    if (shown === "old") return; // what else fails then has the same reason
    shown = kind;
    notice.hidden = false;
    document.body.insertBefore(notice, document.body.firstChild); // in sight without a style sheet
    [].forEach.call(notice.querySelectorAll("[data-kind]"), function (sentence) {
      sentence.hidden = sentence.getAttribute("data-kind") !== kind;
    });
    notice.querySelector("button").onclick = function () {
      location.reload();
    };
  }

  function onError(event) {
    var element = event.target;
    var isScript = element.tagName === "SCRIPT" && !isReady;
    if (isScript && isOurs(element.src)) show("lost");
    if (element.rel === "stylesheet" && isOurs(element.href)) show("lost");
    if (element !== window || isReady || !isOurs(event.filename)) return;
    show(event.error instanceof SyntaxError ? "old" : "lost");
  }

  // What a virus scanner puts into the page, and our policy keeps out, is missed by nobody.
  function isOurs(address) {
    return String(address).indexOf(location.origin + "/static/") === 0;
  }

  addEventListener("error", onError, true);
  document.addEventListener("ready", function () {
    isReady = true;
    if (shown !== null && shown !== "lost") document.getElementById("load-trouble").hidden = true;
  });
  setTimeout(function () {
    if (!isReady && shown === null) show("slow");
  }, PATIENCE);
  if (!("noModule" in document.createElement("script"))) show("old");
})();
