/**
 * Photos: made small enough before they go, then sent and fetched by script under the session's token. None has an
 * address that a page could show, so that no policy of the shop's page has to allow pictures from here.
 */

const KINDS = ["image/jpeg", "image/png", "image/webp"];
const MOST_BYTES = 8_000_000;
const LIGHT_BYTES = 1_000_000;
const LONGEST_SIDE = 2048;
const ANSWER_WITHIN = 60_000;

/** What the system's chooser offers. */
export const ACCEPT = KINDS.join(",");

/** @typedef {{blob: Blob, width: number, height: number}} Photo */

/** A width and height made to fit, in whole pixels. A small picture stays as it is. */
export function within(longest, width, height) {
  const factor = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

/** What a browser does with pictures. `decode` throws for what is none. */
const BROWSER = {
  decode: (blob) => createImageBitmap(blob),
  /** @returns {Promise<Blob|null>} a JPEG */
  encode: (bitmap, size) => new Promise((resolve) => draw(bitmap, size).toBlob(resolve, "image/jpeg", 0.88)),
};

/**
 * A file as it will be sent: as it is if it is light, else drawn smaller.
 * @returns {Promise<Photo|{refusal: string}>} the words' place if it can't be sent
 */
export async function prepare(file, { decode, encode } = BROWSER) {
  const bitmap = await decode(file).catch(() => null);
  if (!bitmap) return { refusal: "photo.unreadable" };
  const size = within(LONGEST_SIDE, bitmap.width, bitmap.height);
  const fine = KINDS.includes(file.type) && file.size <= LIGHT_BYTES && size.width === bitmap.width;
  const blob = (!fine && (await encode(bitmap, size))) || file;
  return blob.size > MOST_BYTES ? { refusal: "photo.too_large" } : { blob, ...size };
}

/** Draws on white, for a JPEG can't be transparent. */
export function draw(bitmap, { width, height }, canvas = document.createElement("canvas")) {
  Object.assign(canvas, { width, height });
  const brush = canvas.getContext("2d");
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, width, height);
  brush.drawImage(bitmap, 0, 0, width, height);
  return canvas;
}

/**
 * @param {object} parts
 * @param {string} parts.origin the server's
 * @param {() => {token: string|null, customer_token: string|null}} parts.shopper who asks, at each request
 */
export function createPhotos({ origin, shopper, request = fetch, answerWithin = ANSWER_WITHIN }) {
  const fetched = new Map();

  /** Sends one; the answer is that of `say`. Throws when there is none. */
  async function send({ client_id, card: { blob } }) {
    const answer = await ask(`?client_id=${encodeURIComponent(client_id)}`, { method: "POST", body: blob });
    return answer.json();
  }

  /** A photo of this conversation, fetched once. @returns {Promise<Blob>} throws where it isn't to be had */
  function load(id) {
    if (!fetched.has(id)) fetched.set(id, download(id));
    return fetched.get(id);
  }

  async function download(id) {
    try {
      const answer = await ask(`/${encodeURIComponent(id)}`, {});
      if (!answer.ok) throw new Error(answer.status);
      return await answer.blob();
    } catch (error) {
      fetched.delete(id);
      throw error;
    }
  }

  async function ask(path, options) {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), answerWithin);
    try {
      const about = { headers: headers(), credentials: "omit", signal: control.signal };
      return await request(`${origin}/chat/photos${path}`, { ...options, ...about });
    } finally {
      clearTimeout(timer);
    }
  }

  function headers() {
    const { token, customer_token: customer } = shopper();
    return { Authorization: `Bearer ${token}`, ...(customer && { "Storehand-Customer": customer }) };
  }

  return { send, load };
}
