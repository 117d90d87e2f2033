/** The entry of the list of studies, and of one that is still being read: keep it up to date. */
import { renewParts } from "./fresh-parts.js";
import { VersionWatch } from "./version-watch.js";

const { dataset } = document.querySelector("#studies");
const watch = new VersionWatch(dataset);
watch.addEventListener("changed", () => {
  if (dataset.reloads !== undefined) location.reload();
  else renewParts().catch(console.info);
});
watch.start();
