/** When to come back after a connection ended. Pure, so that it can be read and tried alone. */

/** Exponential backoff with full jitter: any time between 0 and a bound that doubles with each attempt. */
export class Backoff {
  #attempt = 0;

  /** @param {number} baseMs bound of the first wait @param {number} capMs bound of all waits */
  constructor(baseMs, capMs) {
    this.baseMs = baseMs;
    this.capMs = capMs;
  }

  /** How long to wait now, in ms. */
  next() {
    return Math.random() * Math.min(this.capMs, this.baseMs * 2 ** this.#attempt++);
  }

  reset() {
    this.#attempt = 0;
  }
}

/**
 * What a close code asks for; see docs/errors.md. Without `stop` and `afterMs` the backoff decides.
 *
 * @param {number} code
 * @param {string} reason
 * @returns {{stop?: string, logIn?: boolean, renew?: boolean, afterMs?: number}} stop: why not to come back by
 *     oneself; logIn: the login is over; renew: come back with a new token
 */
export function afterClose(code, reason) {
  const told = /afterMs\D*(\d+)/.exec(reason);
  switch (code) {
    case 4401:
      return reason.includes('token_expired') ? { renew: true } : { stop: 'Please log in again.', logIn: true };
    case 4403:
      return { stop: 'This page’s address may not connect to the server.' };
    case 4410:
      return { stop: 'This session was taken over by another one.' };
    case 4411:
      return { stop: 'An administrator has ended this session.' };
    case 4409:
    case 4429:
      return { afterMs: told ? Number(told[1]) : 30_000 * (1 + Math.random()) };
    default:
      return told ? { afterMs: Number(told[1]) } : {};
  }
}
