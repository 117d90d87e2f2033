/** The entry of the page of corrections: times as here, and all of a page chosen at once. */
import "./local-times.js";

const boxes = [...document.querySelectorAll("input[form=several][name=id]")];

for (const [id, isChosen] of [["choose-all", true], ["choose-none", false]]) {
  const button = document.getElementById(id);
  if (button === null) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const box of boxes) box.checked = isChosen;
  });
}
