import { Log } from './log.js';

const TYPING_FADES_MS = 6_000;

/** @typedef {import('./log.js').Entry} Entry */

/** One conversation of a user: the server's row about it, the part of its log held here, and what passes. */
export class Conversation {
  /**
   * Whether entries come by themselves: `live`; only heads do: `summary`; or a row that has yet to come says where
   * they begin: `unplaced`.
   * @type {'live' | 'summary' | 'unplaced'}
   */
  state = 'live';
  /** How far others have read. @type {Map<string, number>} */
  readers = new Map();
  /** Who types, and until when, in epoch ms. @type {Map<string, number>} */
  #typing = new Map();
  /** Whether a page of history is on its way. */
  loading = false;
  readSentAt = 0;

  /** @param {string} user whose @param {any} row */
  constructor(user, row) {
    this.user = user;
    this.row = row;
    this.log = new Log(row.head, row.at);
  }

  get id() {
    return this.row.id;
  }

  get title() {
    return this.row.name || this.row.with || 'Room';
  }

  /** The newest message as it is now. @returns {Entry | undefined} */
  get last() {
    return this.row.last && (this.log.entries.get(this.row.last.seq) ?? this.row.last);
  }

  /** Others who type now. */
  get typists() {
    return [...this.#typing].filter(([, until]) => until > Date.now()).map(([user]) => user);
  }

  /** Takes a newer row. */
  update(row) {
    if (this.state === 'unplaced') {
      if (this.log.tail !== row.head) this.log.restart(row.head, row.at);
      this.state = 'live';
    } else if (row.head < this.row.head) return; // older than what has come since
    this.row = row;
  }

  /** Takes the next entry. @param {Entry} entry @returns {'added' | 'old' | 'hole'} */
  append(entry) {
    const outcome = this.log.append(entry);
    if (outcome !== 'added') return outcome;
    const { row } = this;
    const counted = entry.seq <= row.head; // in the unread of the row
    row.head = Math.max(row.head, entry.seq);
    row.at = Math.max(row.at, entry.at);
    if (entry.ev === 'renamed') row.name = entry.name;
    if (entry.ev !== 'message') return outcome;
    row.last = entry;
    this.#typing.delete(entry.from);
    if (entry.from === this.user) this.readUpTo(entry.seq, 0); // sending is reading
    else if (!counted) row.unread++;
    return outcome;
  }

  /** The user has read so far. @param {number} upTo @param {number} [unread] */
  readUpTo(upTo, unread) {
    if (upTo < this.row.read) return;
    this.row.read = upTo;
    this.row.unread = unread ?? this.row.unread;
  }

  /** Somebody has read so far. @param {string} user @param {number} upTo @param {number} [unread] */
  readBy(user, upTo, unread) {
    if (user === this.user) this.readUpTo(upTo, unread);
    else this.readers.set(user, Math.max(upTo, this.readers.get(user) ?? 0));
  }

  /** Somebody types, or no longer does. @param {string} user @param {boolean} [on] @returns {number} for how many ms */
  typedBy(user, on = true) {
    if (user === this.user) return 0;
    this.#typing.set(user, on ? Date.now() + TYPING_FADES_MS : 0);
    return on ? TYPING_FADES_MS : 0;
  }
}
