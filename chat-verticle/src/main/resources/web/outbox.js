import { Backoff } from './comeback.js';

/**
 * @typedef {object} Item
 * @property {any} command with its conversation and key
 * @property {'sending' | 'sent' | 'failed'} state
 * @property {string} [error] why it failed
 * @property {number} at when it was written, epoch ms of this device
 */

/**
 * What this user wants appended, until the log has it: per conversation one after the other, the same key again until
 * the server says yes or no. A reload of the tab keeps it.
 */
export class Outbox {
  #store;
  #connection;
  #changed;
  /** Conversations whose items are being sent. */
  #busy = new Set();

  /**
   * @param {string} user
   * @param {import('./connection.js').Connection} connection
   * @param {(refused?: Item) => void} changed refused: an item that failed just now
   */
  constructor(user, connection, changed) {
    this.#store = `hubbub.outbox.${user}`;
    this.#connection = connection;
    this.#changed = changed;
    /** @type {Item[]} */
    this.items = JSON.parse(sessionStorage.getItem(this.#store) ?? '[]').filter((/** @type {Item} */ item) => item.state !== 'sent');
    for (const { command } of this.items) this.#drain(command.conversation);
  }

  /** @param {{op: string, conversation: string}} command any that appends, without its key */
  add(command) {
    this.items.push({ command: { ...command, key: newKey() }, state: 'sending', at: Date.now() });
    this.#save();
    this.#drain(command.conversation);
  }

  /** Messages of a conversation that its log does not show yet. @param {string} conversation */
  messages(conversation) {
    return this.items.filter(({ command }) => command.op === 'send' && command.conversation === conversation);
  }

  /** The log has it. @param {string} conversation @param {string} [key] */
  settle(conversation, key) {
    this.#remove(({ command }) => command.conversation === conversation && command.key === key);
  }

  /** @param {Item} item */
  retry(item) {
    item.state = 'sending';
    this.#save();
    this.#drain(item.command.conversation);
  }

  /** Forgets an item that the server has refused. @param {Item} item */
  discard(item) {
    this.#remove((other) => other === item);
  }

  /** Nothing can be sent there any more. @param {string} conversation */
  forget(conversation) {
    this.#remove(({ command }) => command.conversation === conversation);
  }

  /** @param {string} conversation */
  async #drain(conversation) {
    if (this.#busy.has(conversation)) return;
    this.#busy.add(conversation);
    /** @type {Item | undefined} */
    let item;
    while ((item = this.items.find((i) => i.state === 'sending' && i.command.conversation === conversation))) await this.#deliver(item);
    this.#busy.delete(conversation);
  }

  /** @param {Item} item */
  async #deliver(item) {
    const backoff = new Backoff(500, 15_000);
    while (this.items.includes(item)) {
      try {
        await this.#connection.request(item.command, (ok) => this.#acknowledged(item, ok));
        return;
      } catch (error) {
        if (!error.temporary) {
          item.state = 'failed';
          item.error = error.message;
          this.#save(item);
          return;
        }
        const waitMs = error.code === 'disconnected' ? 100 : error.retryAfterMs ?? backoff.next();
        await new Promise((done) => setTimeout(done, waitMs));
      }
    }
  }

  /** @param {Item} item @param {{seq: number, duplicate?: boolean}} ok */
  #acknowledged(item, { duplicate }) {
    item.state = 'sent'; // and shown as such until its event comes
    if (item.command.op !== 'send' || duplicate) this.discard(item); // a duplicate's event has come, or comes with what was missed
    else this.#save();
  }

  /** @param {(item: Item) => boolean} which */
  #remove(which) {
    const kept = this.items.filter((item) => !which(item));
    if (kept.length === this.items.length) return;
    this.items = kept;
    this.#save();
  }

  /** @param {Item} [refused] */
  #save(refused) {
    sessionStorage.setItem(this.#store, JSON.stringify(this.items));
    this.#changed(refused);
  }
}

/** A key or id that nobody else makes: 128 random bits. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
