/** The entry of every page: what stands in the frame around it. */
import { ThemeSwitch } from "./theme-switch.js";

new ThemeSwitch(
  document.querySelector("#theme-switch"),
  document.documentElement,
  document.querySelector("meta[name='theme-color']"),
);
