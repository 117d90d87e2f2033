/**
 * Let the browser's Back lead from a picture to the drawing, as people expect of what covers a page.
 */

/** @param {import("./picture-desk.js").PictureDesk} desk */
export function closeWithBack(desk) {
  const isAtPicture = () => history.state?.isPicture === true;
  desk.addEventListener("open", () => {
    if (!isAtPicture()) history.pushState({ isPicture: true }, "");
  });
  desk.addEventListener("leave", () => {
    if (isAtPicture()) history.back();
  });
  addEventListener("popstate", () => {
    if (!isAtPicture()) desk.leave();
  });
  if (isAtPicture()) history.back(); // the page was loaded anew, and the picture is gone
}
