import { call } from './rest.js';

const STORE = 'hubbub.account';

/** @typedef {{token: string, refresh: string, renewAt: number}} Login */

/**
 * Who is logged in on this browser: the short-lived token, renewed before it expires, and the refresh token,
 * which changes at each use. All tabs share one login and take turns at renewing it.
 */
export class Account {
  /** Makes an account and logs in. @param {string} name @param {string} password */
  async signUp(name, password) {
    await call('POST', '/v1/users', { body: { name, password } });
    await this.logIn(name, password);
  }

  /** @param {string} name @param {string} password */
  async logIn(name, password) {
    this.#keep(await call('POST', '/v1/login', { body: { name, password } }));
  }

  /** Ends the login on the server too, as far as it can be reached. */
  async logOut() {
    if (this.user) await this.call('POST', '/v1/logout').catch(() => {});
    this.forget();
  }

  /** Forgets a login that the server no longer accepts. */
  forget() {
    localStorage.removeItem(STORE);
  }

  /** The user's id, or null when nobody is logged in. */
  get user() {
    const login = this.#login();
    return login ? claims(login.token).sub : null;
  }

  /**
   * A token that is good for a while yet.
   *
   * @param {string} [refused] a token that the server has refused, or says is about to expire
   * @throws {RequestError} not temporary: log in again
   */
  token(refused) {
    return inTurn(async () => {
      const login = this.#login();
      if (login && login.token !== refused && Date.now() < login.renewAt) return login.token;
      return this.#keep(await call('POST', '/v1/token', { body: { refresh: login?.refresh ?? '' } }));
    });
  }

  /** One REST call as this user; see {@link call}. @param {string} method @param {string} path @param {{body?: object, key?: string, signal?: AbortSignal}} [options] */
  async call(method, path, options = {}) {
    const token = await this.token();
    try {
      return await call(method, path, { ...options, token });
    } catch (error) {
      if (error.code !== 'token_expired') throw error;
      return call(method, path, { ...options, token: await this.token(token) });
    }
  }

  /** @returns {Login | null} */
  #login() {
    return JSON.parse(localStorage.getItem(STORE) ?? 'null');
  }

  /** @param {{token: string, refresh: string}} answer */
  #keep({ token, refresh }) {
    const { exp, iat } = claims(token);
    const lifetimeMs = (exp - iat) * 1000; // not the clock of this device, which may be wrong
    localStorage.setItem(STORE, JSON.stringify({ token, refresh, renewAt: Date.now() + lifetimeMs * 0.8 }));
    return token;
  }
}

/** The claims of a token, unverified: that is the server's task. @param {string} token */
export function claims(token) {
  const base64 = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))));
}

/** @type {Promise<any>} */
let turn = Promise.resolve();

/** Runs one task at a time in all tabs; in this tab only where the page is not served securely. @param {() => Promise<any>} task */
function inTurn(task) {
  if (navigator.locks) return navigator.locks.request(STORE, task);
  turn = turn.then(task, task);
  return turn;
}
