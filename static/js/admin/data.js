/** The entry of the page about the data: show it again when it has been counted anew. */
import { VersionWatch } from "./version-watch.js";

const watch = new VersionWatch(document.querySelector("#data").dataset);
watch.addEventListener("changed", () => location.reload());
watch.start();
