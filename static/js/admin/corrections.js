/** The entry of the page of corrections: times as here, all of a page chosen at once, review by keys. */
import "./local-times.js";
import { CorrectionReview } from "./correction-review.js";

const boxes = [...document.querySelectorAll("input[form=several][name=id]")];

for (const [id, isChosen] of [["choose-all", true], ["choose-none", false]]) {
  const button = document.getElementById(id);
  if (button === null) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const box of boxes) box.checked = isChosen;
  });
}

const cards = document.querySelector(".cards[data-review]");
if (cards) new CorrectionReview(cards, document.querySelector("#review-news"));
