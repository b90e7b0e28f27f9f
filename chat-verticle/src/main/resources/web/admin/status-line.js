import { byId } from '../dom.js';

const NOTICE_MS = 8_000;

/** The one line that is read out: a lost connection for as long as it lasts, and for a while what was done. */
export class StatusLine {
  #lasting = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** Says what was done. @param {string} text */
  notice(text) {
    clearTimeout(this.#timer);
    this.#show(text, false);
    this.#timer = setTimeout(() => this.#show(this.#lasting, true), NOTICE_MS);
  }

  /** Says what is wrong until it is not; empty: nothing is. @param {string} text */
  lasting(text) {
    if (text === this.#lasting) return;
    this.#lasting = text;
    clearTimeout(this.#timer);
    this.#show(text, true);
  }

  /** @param {string} text @param {boolean} wrong */
  #show(text, wrong) {
    const line = byId('status');
    line.classList.toggle('wrong', wrong);
    line.textContent = text;
  }
}
