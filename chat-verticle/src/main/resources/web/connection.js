import { RequestError, busyForMs, disconnected } from './rest.js';
import { Backoff, afterClose } from './comeback.js';

const CONNECT_TIMEOUT_MS = 10_000; // from the first packet to the answer to hello
const ANSWER_TIMEOUT_MS = 10_000; // of a ping
const STABLE_MS = 10_000; // after which a later loss counts as the first one

/**
 * @typedef {object} Options
 * @property {() => Promise<object>} hello the fields of the next hello; fails, not temporarily, when the login is over
 * @property {(ok: any) => void} onHello a session is there
 * @property {(event: any) => void} onEvent
 * @property {(state: 'connecting' | 'open' | 'waiting' | 'stopped', detail?: {why?: string, logIn?: boolean}) => void} onState
 * @property {() => void} onExpired the token must be renewed before the next hello
 */

/** A session of `hubbub.v1` that comes back by itself. It knows frames, replies and close codes, not conversations. */
export class Connection {
  #options;
  #backoff = new Backoff(500, 30_000);
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {Map<number, {accept: (ok: any) => any, resolve: (value: any) => void, reject: (error: Error) => void}>} */
  #unanswered = new Map();
  #lastId = 0;
  #attempts = 0;
  #open = false;
  #heartbeatMs = 30_000;
  /** @type {Record<string, ReturnType<typeof setTimeout>>} */
  #timers = {};
  #session = deferred();

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
    addEventListener('online', () => this.#timers.comeBack && this.connect());
  }

  /** Resolves when there is a session to send on. */
  ready() {
    return this.#session.promise;
  }

  /** Connects now, whatever was planned. */
  async connect() {
    this.#detach();
    this.#options.onState('connecting');
    const attempt = ++this.#attempts;
    const hello = await this.#options.hello().catch((error) => error);
    if (attempt !== this.#attempts) return; // another one has begun meanwhile
    if (hello instanceof Error) {
      if (hello instanceof RequestError && !hello.temporary) this.#stop({ why: hello.message, logIn: true });
      else this.#comeBack(undefined, true);
      return;
    }
    const url = new URL('/v1/socket', location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new WebSocket(url, 'hubbub.v1');
    this.#socket = socket;
    let opened = false;
    this.#later('timeout', CONNECT_TIMEOUT_MS, () => this.#lost(1006, ''));
    socket.onopen = () => {
      opened = true;
      this.#ask({ op: 'hello', ...hello }, (ok) => this.#welcome(ok)).catch((error) => this.#refused(error));
    };
    socket.onmessage = ({ data }) => this.#received(data);
    socket.onclose = ({ code, reason }) => this.#lost(code, reason, opened);
  }

  /**
   * Sends a command.
   *
   * @param {object} command
   * @param {(ok: any) => any} [accept] takes the answer before anything that follows it in its frame is read
   * @returns {Promise<any>} what accept returned
   * @throws {RequestError} `disconnected` when the outcome is unknown
   */
  async request(command, accept = (ok) => ok) {
    await this.#session.promise;
    return this.#ask(command, accept);
  }

  /** Sends a command that needs no answer, or drops it when there is no session. @param {object} command */
  tell(command) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(command));
  }

  /** @returns {Promise<any>} */
  #ask(command, accept) {
    return new Promise((resolve, reject) => {
      if (this.#socket?.readyState !== WebSocket.OPEN) return reject(disconnected());
      const id = ++this.#lastId;
      this.#unanswered.set(id, { accept, resolve, reject });
      this.#socket.send(JSON.stringify({ ...command, id }));
    });
  }

  #welcome(ok) {
    this.#heartbeatMs = ok.heartbeatMs ?? this.#heartbeatMs;
    clearTimeout(this.#timers.timeout);
    this.#later('stable', STABLE_MS, () => this.#backoff.reset());
    this.#open = true;
    this.#options.onHello(ok);
    this.#options.onState('open');
    this.#session.resolve();
  }

  /** @param {string} frame objects, one a line */
  #received(frame) {
    this.#later('silence', this.#heartbeatMs, () => {
      this.tell({ op: 'ping', id: 0 });
      this.#later('silence', ANSWER_TIMEOUT_MS, () => this.#lost(1006, ''));
    });
    for (const line of frame.split('\n')) {
      if (!line.trim()) continue;
      const object = JSON.parse(line);
      // The node drains or sheds; it has spread its clients, so go to another one at the time it says.
      if (object.ev === 'reconnect') this.#later('move', object.afterMs ?? 0, () => this.connect());
      else if (object.ev) this.#options.onEvent(object);
      else this.#answered(object);
    }
  }

  #answered({ id, ok, error }) {
    const request = this.#unanswered.get(id);
    if (!request) return;
    this.#unanswered.delete(id);
    if (error) request.reject(new RequestError(error));
    else request.resolve(request.accept(ok));
  }

  /** An error instead of a session. */
  #refused({ code, retryAfterMs }) {
    if (code === 'disconnected') return;
    const token = ['token_expired', 'token_revoked', 'unauthenticated', 'wrong_user'].includes(code);
    this.#lost(token ? 4401 : 1013, retryAfterMs === undefined ? code : `afterMs ${retryAfterMs}`);
  }

  /** The socket is closed, or as good as. */
  #lost(code, reason, opened = true) {
    this.#detach();
    const { stop, logIn, renew, afterMs } = afterClose(code, reason);
    if (stop) return this.#stop({ why: stop, logIn });
    if (renew) this.#options.onExpired();
    this.#comeBack(afterMs, opened);
  }

  /** @param {number | undefined} afterMs @param {boolean} opened whether it was a connection at all */
  async #comeBack(afterMs, opened) {
    this.#options.onState('waiting');
    const busyMs = opened ? undefined : await busyForMs(); // a refused handshake does not say why
    this.#later('comeBack', afterMs ?? busyMs ?? this.#backoff.next(), () => this.connect());
  }

  #stop(detail) {
    this.#clearTimers();
    this.#options.onState('stopped', detail);
  }

  /** Lets go of the socket without waiting for a close that may take minutes on a dead network. */
  #detach() {
    this.#clearTimers();
    if (this.#socket) {
      this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
      this.#socket.close();
      this.#socket = null;
    }
    for (const { reject } of this.#unanswered.values()) reject(disconnected());
    this.#unanswered.clear();
    if (this.#open) this.#session = deferred();
    this.#open = false;
  }

  #later(name, ms, task) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(task, ms);
  }

  #clearTimers() {
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    this.#timers = {};
  }
}

/** A promise and what resolves it. */
function deferred() {
  /** @type {() => void} */
  let resolve = () => {};
  /** @type {Promise<void>} */
  const promise = new Promise((done) => (resolve = done));
  return { promise, resolve };
}
