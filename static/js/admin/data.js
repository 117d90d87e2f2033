/** The entry of the page about the data: show it again when it has been counted anew. */
import { reloadPage, watchVersion } from "./version-watch.js";

watchVersion(document.querySelector("#data").dataset, reloadPage);
