/** News of the builds: sent by `cargo site serve` as events, otherwise asked for again and again. */

const ADDRESS = "/preview.json";
const EVERY = 300;

/**
 * A mistake or a warning. Lines and columns are counted from 1, columns in letters; a remark about a whole file has none.
 *
 * @typedef {object} Remark
 * @property {string} message
 * @property {string} file
 * @property {number} [line]
 * @property {number} [column] the first letter that is meant
 * @property {number} [end_column] the first letter after it
 * @property {string} [text] the line
 * @property {string} [note]
 * @property {string} [help]
 */

/**
 * @typedef {object} News
 * @property {string} id another one for every change of the finished site
 * @property {Remark[]} errors
 * @property {Remark[]} warnings
 * @property {string[]} [changed] the files that came, went or changed; without it nobody knows
 * @property {string} [events] where the next news will be sent from
 */

/**
 * Tells how it stands now, and again whenever that changes.
 *
 * @param {(news: News) => void} tell
 */
export async function followNews(tell) {
  let known = "";
  /** @param {string} text */
  const receive = (text) => {
    if (text === known) return;
    known = text;
    tell(JSON.parse(text));
  };
  const first = await ask();
  if (first) receive(first);
  const events = first && /** @type {News} */ (JSON.parse(first)).events;
  if (events) listen(events, (text) => tell(JSON.parse(text)));
  else setInterval(async () => receive((await ask()) ?? known), EVERY);
}

/** @returns {Promise<string | null>} null while the server is away */
async function ask() {
  try {
    const response = await fetch(ADDRESS, { cache: "no-store" });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

/**
 * Listens while the page is in view: a browser opens no more than six connections to a host, and an editor more tabs.
 *
 * @param {string} address
 * @param {(text: string) => void} receive
 */
function listen(address, receive) {
  /** @type {EventSource | null} */
  let source = null;
  const adjust = () => {
    if (document.hidden) {
      source?.close();
      source = null;
    } else if (!source) {
      source = new EventSource(address);
      source.onmessage = (event) => receive(event.data);
    }
  };
  document.addEventListener("visibilitychange", adjust);
  adjust();
}
