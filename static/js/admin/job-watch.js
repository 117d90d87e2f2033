/** An entry: load the page again when the job that it waits for is over. */
const ASK_MILLISECONDS = 2_000;

const job = document.querySelector("#job");

async function look() {
  let isOver = false;
  try {
    const response = await fetch(job.dataset.state);
    isOver = response.ok ? (await response.json()).is_over : response.status === 404;
  } catch {
    // The server may be away for a moment; the next look may find it.
  }
  if (isOver) location.reload();
  else setTimeout(look, ASK_MILLISECONDS);
}

look();
