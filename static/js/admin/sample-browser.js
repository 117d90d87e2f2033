/** The entry of the page of a run's samples: each can be looked into. */
import { Messages } from "../messages.js";
import { SampleInside } from "./sample-inside.js";

const { textContent } = document.getElementById("messages");
const messages = new Messages(JSON.parse(textContent), document.documentElement.lang);
const panel = document.querySelector("#inside");
const token = document.querySelector("meta[name=csrf-token]").content;
if (panel) new SampleInside(document.querySelector("main"), panel, messages, token);
