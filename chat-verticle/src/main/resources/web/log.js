/**
 * An entry of a conversation's log; which fields it has depends on `ev`. Messages also carry what later entries made of them.
 *
 * @typedef {{ev: string, conversation: string, seq: number, from: string, at: number, key?: string, body?: string,
 *     thread?: number, target?: number, emoji?: string, on?: boolean, users?: string[], name?: string,
 *     fallback?: string, rev?: number, edited?: boolean, deleted?: boolean, reactions?: Record<string, string[]>}} Entry
 */

/** The part of one conversation's log that this page holds: a window without holes. Pure: no network, no document. */
export class Log {
  /** @type {Map<number, Entry>} */
  entries = new Map();
  /** Number of the first entry held. */
  from = 1;
  /** Number of the last entry held, or the one before the first to come. */
  tail = 0;
  /** Time of the entry at the tail, where it is known. @type {number | undefined} */
  tailAt;
  /** Number of the first entry there is. */
  first = 1;

  /** @param {number} head number of the newest entry there is @param {number} [at] its time */
  constructor(head, at) {
    this.restart(head, at);
  }

  /** Forgets everything; entries will come after `head`. @param {number} head @param {number} [at] */
  restart(head, at) {
    this.entries = new Map();
    this.from = head + 1;
    this.tail = head;
    this.tailAt = at;
    this.first = 1;
  }

  /** Where to go on after a reconnect. */
  get position() {
    return this.tailAt === undefined ? this.tail : { seq: this.tail, at: this.tailAt };
  }

  /** Whether nothing older is left to read. */
  get complete() {
    return this.from <= this.first;
  }

  /** Adds the next entry. @param {Entry} entry @returns {'added' | 'old' | 'hole'} */
  append(entry) {
    if (entry.seq <= this.tail) return 'old';
    if (entry.seq > this.tail + 1) return 'hole';
    this.entries.set(entry.seq, entry);
    this.tail = entry.seq;
    this.tailAt = entry.at;
    this.#fold(entry);
    return 'added';
  }

  /** Adds the page of history that ends where the window begins. @param {{events: Entry[], from: number, first: number}} page */
  prepend({ events, from, first }) {
    this.first = first;
    for (const entry of events) this.entries.set(entry.seq, entry);
    this.from = events.length > 0 ? from : first;
    for (const entry of this) this.#fold(entry); // changes may have come before what they change
  }

  /** Puts a newer state of an entry in its place. @param {Entry} entry */
  replace(entry) {
    if (this.entries.has(entry.seq)) this.entries.set(entry.seq, entry);
  }

  /** Keeps only the newest entries. @param {number} limit */
  trim(limit) {
    if (this.entries.size <= 2 * limit) return;
    const from = this.tail - limit + 1;
    for (let seq = this.from; seq < from; seq++) this.entries.delete(seq);
    this.from = from;
  }

  /** The entries in order. */
  *[Symbol.iterator]() {
    for (let seq = this.from; seq <= this.tail; seq++) {
      const entry = this.entries.get(seq);
      if (entry) yield entry;
    }
  }

  /** Applies a change to the message it names, once; a changed message is a new object. @param {Entry} change */
  #fold(change) {
    const message = change.target ? this.entries.get(change.target) : undefined;
    if (!message || message.ev !== 'message' || change.seq <= (message.rev ?? 0)) return;
    const folded = FOLDS[change.ev]?.(message, change);
    if (folded) this.entries.set(message.seq, { ...message, ...folded, rev: change.seq });
  }
}

/** What each kind of change makes of a message. @type {Record<string, (message: Entry, change: Entry) => Partial<Entry>>} */
const FOLDS = {
  edited: (_, change) => ({ body: change.body, edited: true }),
  deleted: () => ({ body: '', deleted: true, reactions: {} }),
  reacted: ({ reactions = {} }, { emoji = '', from, on }) => {
    const users = (reactions[emoji] ?? []).filter((user) => user !== from);
    if (on) users.push(from);
    const { [emoji]: _, ...others } = reactions;
    return { reactions: users.length > 0 ? { ...reactions, [emoji]: users } : others };
  },
};

/** Whether it is a change whose meaning this page does not know. @param {Entry} entry */
export const isUnknownChange = (entry) => !!entry.target && !(entry.ev in FOLDS) && entry.ev !== 'cancelled';
