import { Account, claims } from '../account.js';
import { RequestError, call } from '../rest.js';
import { clock } from './format.js';

const STORE = 'hubbub.admin.token'; // in sessionStorage: this tab's, until it is closed
const PATIENCE_MS = 15_000; // with a server that accepts a connection and says nothing
const OVER = ['unauthenticated', 'token_expired', 'token_revoked'];

/**
 * What an answer says of whoever asks: `over` means sign in again, `denied` that the token is good but no
 * administrator's, `lost` that there was no answer now, `refused` that only this request was wrong.
 *
 * @param {any} error
 * @returns {'over' | 'denied' | 'lost' | 'refused'}
 */
export function meaning(error) {
  if (!(error instanceof RequestError)) throw error; // a mistake of this page
  if (OVER.includes(error.code)) return 'over';
  if (error.code === 'http_403') return 'denied'; // without a body: of administrators' paths alone
  return error.temporary ? 'lost' : 'refused';
}

/**
 * What to say of an error where it happened.
 *
 * @param {RequestError} error
 * @param {number} [answeredAt] epoch ms; when what is shown was answered
 */
export function complaint(error, answeredAt) {
  const what = meaning(error);
  if (what === 'refused') return error.message;
  if (what === 'lost') return `No answer now (${error.message}).${answeredAt ? ` What is shown is from ${clock(answeredAt)}.` : ''}`;
  return ''; // said at the door
}

/** As whom the dashboard asks: by a token that was pasted, or else as who is logged in on this browser. */
export class Access {
  #account = new Account();

  /** Who asks, or null when nobody has signed in. @returns {string | null} */
  get user() {
    const pasted = sessionStorage.getItem(STORE);
    return pasted ? claims(pasted).sub : this.#account.user;
  }

  /** @param {string} name @param {string} password */
  logIn(name, password) {
    return this.#account.logIn(name, password);
  }

  /** @param {string} token @returns {boolean} whether it is one at all */
  paste(token) {
    try {
      if (typeof claims(token).sub !== 'string') return false;
    } catch {
      return false;
    }
    sessionStorage.setItem(STORE, token);
    return true;
  }

  /** Ends the login, or forgets the pasted token. */
  async logOut() {
    if (sessionStorage.getItem(STORE)) this.forget();
    else await this.#account.logOut();
  }

  /** Forgets what the server no longer accepts. */
  forget() {
    if (sessionStorage.getItem(STORE)) sessionStorage.removeItem(STORE);
    else this.#account.forget();
  }

  /**
   * One REST call; see `call` in rest.js.
   *
   * @param {string} method
   * @param {string} path
   * @returns {Promise<any>}
   * @throws {RequestError}
   */
  call(method, path) {
    const pasted = sessionStorage.getItem(STORE);
    const signal = AbortSignal.timeout(PATIENCE_MS);
    return pasted ? call(method, path, { token: pasted, signal }) : this.#account.call(method, path, { signal });
  }
}
