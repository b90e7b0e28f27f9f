import { RequestError } from '../rest.js';

const LEAST_MS = 1_000; // between the end of one reading and the next, however much changes

/** Reads something again and again: never twice at once, and later when the server asks for it. */
export class Poll {
  #read;
  #everyMs;
  #failed;
  #on = false;
  #reading = false;
  /** After how long it is read again, where the reading that runs is too old already. @type {number | undefined} */
  #againMs;
  #readAt = 0;
  /** @type {number | undefined} */
  #answeredAt;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {() => Promise<void>} read
   * @param {number} everyMs
   * @param {(error: RequestError, answeredAt?: number) => void} [failed] told when it last went well
   */
  constructor(read, everyMs, failed = () => {}) {
    this.#read = read;
    this.#everyMs = everyMs;
    this.#failed = failed;
  }

  start() {
    this.#on = true;
    this.now();
  }

  stop() {
    this.#on = false;
    clearTimeout(this.#timer);
  }

  /** Reads as soon as may be, as something has changed. */
  soon() {
    if (this.#reading) this.#againMs ??= LEAST_MS;
    else this.#in(this.#readAt + LEAST_MS - Date.now());
  }

  /** Reads now, as somebody waits for it. */
  now() {
    if (this.#reading) this.#againMs = 0;
    else this.#in(0);
  }

  /** @param {number} ms */
  #in(ms) {
    clearTimeout(this.#timer);
    if (this.#on) this.#timer = setTimeout(() => this.#run(), Math.max(0, Math.min(ms, 60_000)));
  }

  async #run() {
    this.#reading = true;
    this.#againMs = undefined;
    let waitMs = this.#everyMs;
    try {
      await this.#read();
      this.#answeredAt = Date.now();
    } catch (error) {
      if (!(error instanceof RequestError)) throw error; // a mistake of this page
      this.#failed(error, this.#answeredAt);
      waitMs = Math.max(waitMs, error.retryAfterMs ?? 0);
    } finally {
      this.#reading = false;
      this.#readAt = Date.now();
    }
    this.#in(this.#againMs ?? waitMs);
  }
}
