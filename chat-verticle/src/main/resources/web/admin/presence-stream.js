import { Backoff } from '../comeback.js';
import { meaning } from './access.js';

const SILENCE_MS = 15_000; // without a word, though the numbers come every second or two: the connection is dead

/**
 * @typedef {object} Listener
 * @property {(change: import('./answers.js').Change) => void} presence
 * @property {(counts: import('./answers.js').Counts) => void} counts
 * @property {() => void} lost changes were missed: read again
 * @property {(live: boolean) => void} live
 */

/**
 * Who comes and goes, as it happens. A browser sends no token with a stream, so each one is opened by a ticket that
 * is good once; the browser comes back by itself with the cookie it was given for it, and this class with a new
 * ticket where that is refused.
 */
export class PresenceStream {
  #access;
  #listener;
  #backoff = new Backoff(1_000, 30_000);
  /** @type {EventSource | null} */
  #source = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {import('./access.js').Access} access @param {Listener} listener */
  constructor(access, listener) {
    this.#access = access;
    this.#listener = listener;
  }

  async open() {
    this.#leave();
    let ticket;
    try {
      ({ ticket } = await this.#access.call('POST', '/v1/presence/ticket'));
    } catch (error) {
      meaning(error);
      return this.#later();
    }
    const source = new EventSource(`/v1/admin/presence/stream?ticket=${encodeURIComponent(ticket)}`);
    this.#source = source;
    this.#hear();
    source.onopen = () => {
      this.#listener.live(true);
      this.#listener.lost(); // nobody was listening until now
    };
    source.onerror = () => {
      this.#listener.live(false);
      if (source.readyState === EventSource.CLOSED) this.#later();
    };
    this.#on('presence', (change) => this.#listener.presence(change));
    this.#on('counts', (counts) => {
      this.#backoff.reset();
      this.#listener.counts(counts);
    });
    this.#on('lost', () => this.#listener.lost());
    this.#on('close', () => {
      this.#backoff.reset(); // mostly the token's time is over; if more is, the next call says so
      this.#later();
    });
  }

  /** @param {string} event @param {(data: any) => void} deed */
  #on(event, deed) {
    this.#source?.addEventListener(event, (/** @type {MessageEvent} */ { data }) => {
      this.#hear();
      deed(JSON.parse(data));
    });
  }

  #hear() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.open(), SILENCE_MS);
  }

  #later() {
    this.#leave();
    this.#timer = setTimeout(() => this.open(), this.#backoff.next());
  }

  #leave() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
    this.#listener.live(false);
  }
}
