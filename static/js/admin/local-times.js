/** Write `<time>` in the zone and the language of whoever reads it, but where a heading says UTC. */

/** @param {ParentNode} root whose times are written */
export function writeLocalTimes(root) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  for (const element of root.querySelectorAll("time[datetime]:not(.utc)")) {
    const moment = new Date(element.dateTime);
    if (Number.isNaN(moment.getTime()) || element.title) continue;
    element.title = element.textContent;
    element.textContent = format.format(moment);
  }
}

writeLocalTimes(document);
