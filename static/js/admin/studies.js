/** The entry of the list of studies, and of one that is still being read: keep it up to date. */
import { renewParts } from "./fresh-parts.js";
import { reloadPage, watchVersion } from "./version-watch.js";

const { dataset } = document.querySelector("#studies");
watchVersion(dataset, dataset.reloads === undefined ? renewParts : reloadPage);
