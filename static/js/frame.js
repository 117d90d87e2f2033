/** The entry of every page: what stands in the frame around it. */
import { ThemeSwitch } from "./theme-switch.js";

document.querySelector(".skip-link").addEventListener("click", (event) => {
  event.preventDefault(); // a step in the browser's history would close an open picture
  document.querySelector("#main").focus();
});

new ThemeSwitch(
  document.querySelector("#theme-switch"),
  document.documentElement,
  document.querySelector("meta[name='theme-color']"),
);
