import { Connection } from './connection.js';
import { Conversation } from './conversation.js';
import { isUnknownChange } from './log.js';
import { Outbox, newKey } from './outbox.js';

const PAGE = 50; // entries of history at a time
const KEPT = 500; // entries of a conversation that is not on the screen
const RESUME_MAX = 300; // how many entries back a resume starts at most
const READ_EVERY_MS = 1_000;
const TYPING_EVERY_MS = 4_000;
const RETRY_MS = 1_000; // where the server does not say when

/** @typedef {import('./log.js').Entry} Entry */

/**
 * @typedef {object} Screen
 * @property {() => void} changed something is to be drawn
 * @property {(entry: Entry) => void} said somebody else has said something in the current conversation
 * @property {(text: string) => void} notice
 * @property {(state: string, detail?: {why?: string, logIn?: boolean}) => void} state of the connection
 */

/** All conversations of the user, kept up to date by one connection. */
export class Chat {
  /** @type {Map<string, Conversation>} */
  conversations = new Map();
  /** The conversation on the screen. @type {Conversation | null} */
  current = null;
  /** What the server told in `hello`. @type {any} */
  limits = {};
  /** The conversation to show as soon as it is known. @type {string | null} */
  #wanted = null;
  #device = newKey();
  /** @type {string | undefined} */
  #epoch;
  /** @type {string | undefined} */
  #cursor;
  /** The session's token. @type {string | undefined} */
  #token;
  /** A token that the server called expired, or about to be. @type {string | undefined} */
  #refused;
  /** Conversations whose log goes on where it was, as the last hello asked for. @type {Set<string>} */
  #continued = new Set();
  #typingSentAt = 0;
  #syncing = false;

  /** @param {import('./account.js').Account} account @param {Screen} screen */
  constructor(account, screen) {
    this.account = account;
    this.user = account.user ?? '';
    this.screen = screen;
    this.connection = new Connection({
      hello: () => this.#hello(),
      onHello: (ok) => this.#welcome(ok),
      onEvent: (event) => this.#event(event),
      onState: screen.state,
      onExpired: () => (this.#refused = this.#token),
    });
    this.outbox = new Outbox(this.user, this.connection, (refused) => {
      if (refused && refused.command.op !== 'send') {
        this.outbox.discard(refused);
        screen.notice(`That was not done: ${refused.error}`);
      }
      screen.changed();
    });
  }

  // What the user does

  /** Shows a conversation, now or when it is known. @param {string | null} id */
  open(id) {
    this.#wanted = id;
    this.current?.log.trim(KEPT);
    this.current = this.conversations.get(id ?? '') ?? null;
    if (this.current?.state === 'summary') this.#resume(this.current);
    if (id && !this.current) this.#sync();
    this.screen.changed();
  }

  /** Reads the page of history before what is held. @param {Conversation} conversation */
  async loadOlder(conversation) {
    const { id, log } = conversation;
    if (conversation.loading || log.complete) return;
    conversation.loading = true;
    const before = log.from;
    try {
      await this.connection.request({ op: 'history', conversation: id, before, limit: PAGE }, (page) => {
        if (log.from === before) log.prepend(page);
      });
    } catch (error) {
      if (error.temporary) await pause(error.retryAfterMs ?? RETRY_MS);
      else log.first = log.from; // nothing is to be had
    }
    conversation.loading = false;
    this.screen.changed();
  }

  /** @param {string} body */
  send(body) {
    this.#append({ op: 'send', body });
    this.#typingSentAt = 0;
  }

  /** @param {Entry} message @param {string} body */
  edit(message, body) {
    this.#append({ op: 'edit', target: message.seq, body });
  }

  /** @param {Entry} message */
  delete(message) {
    this.#append({ op: 'delete', target: message.seq });
  }

  /** Reacts, or takes the reaction back. @param {Entry} message @param {string} emoji */
  react(message, emoji) {
    const on = !message.reactions?.[emoji]?.includes(this.user);
    this.#append({ op: 'react', target: message.seq, emoji, on });
  }

  #append(command) {
    if (this.current) this.outbox.add({ ...command, conversation: this.current.id });
  }

  /** The user is at the keyboard. */
  typing() {
    if (!this.current || Date.now() - this.#typingSentAt < TYPING_EVERY_MS) return;
    this.#typingSentAt = Date.now();
    this.connection.tell({ op: 'typing', conversation: this.current.id, on: true });
  }

  /** The user sees the end of the current conversation. */
  async markRead() {
    const conversation = this.current;
    if (!conversation?.row.unread || Date.now() - conversation.readSentAt < READ_EVERY_MS) return;
    conversation.readSentAt = Date.now();
    setTimeout(() => this.screen.changed(), READ_EVERY_MS); // drawing comes back here if there is more by then
    const seq = conversation.log.tail;
    const command = { op: 'read', conversation: conversation.id, seq };
    await this.connection.request(command, ({ unread }) => conversation.readUpTo(seq, unread)).catch(() => {});
    this.screen.changed();
  }

  // What the server says

  async #hello() {
    this.#token = await this.account.token(this.#refused);
    const held = [...this.conversations.values()].filter(({ state, log }) => state === 'live' && log.entries.size > 0);
    held.sort((a, b) => Number(b === this.current) - Number(a === this.current) || b.row.at - a.row.at);
    const since = Object.fromEntries(held.slice(0, this.limits.since ?? 200).map(({ id, log }) => [id, log.position]));
    this.#continued = new Set(Object.keys(since));
    const [epoch, cursor] = [this.#epoch, this.#cursor];
    return { token: this.#token, user: this.user, device: this.#device, client: 'hubbub-page', live: 'all', epoch, cursor, since };
  }

  #welcome({ limits, epoch, conversations, more, cursor }) {
    const anotherLog = this.#epoch !== undefined && this.#epoch !== epoch;
    this.limits = limits ?? {};
    this.#epoch = epoch;
    this.#cursor = anotherLog ? undefined : cursor;
    for (const conversation of this.conversations.values()) {
      if (this.#continued.has(conversation.id)) continue; // the server compares, and says `reset` where it must
      conversation.state = 'unplaced';
      if (anotherLog) conversation.log.restart(0);
    }
    for (const row of conversations) this.#row(row);
    if (more || anotherLog) this.#sync();
    else this.#settled();
    this.screen.changed();
  }

  /** Reads what changed for this user since the last time. */
  async #sync() {
    if (this.#syncing) return;
    this.#syncing = true;
    try {
      for (let more = true; more; this.screen.changed()) {
        await this.connection.request({ op: 'conversations', cursor: this.#cursor }, (ok) => {
          more = ok.more ?? false;
          this.#cursor = ok.cursor;
          for (const row of ok.conversations) this.#row(row);
        });
      }
      this.#settled();
    } catch (error) {
      if (error.temporary) setTimeout(() => this.#sync(), error.retryAfterMs ?? RETRY_MS);
    }
    this.#syncing = false;
  }

  #row(row) {
    if (row.left) return this.#remove(row.id);
    const known = this.conversations.get(row.id);
    if (known) return known.update(row);
    this.conversations.set(row.id, new Conversation(this.user, row));
    if (row.id === this.#wanted) this.open(row.id);
  }

  /** Every row that has changed is here: conversations without one go on after the head that is known. */
  #settled() {
    for (const conversation of this.conversations.values()) {
      if (conversation.state !== 'unplaced') continue;
      if (conversation.log.tail < conversation.row.head) this.#behind(conversation);
      else conversation.state = 'live';
    }
  }

  #event(event) {
    const conversation = this.conversations.get(event.conversation);
    if (event.ev === 'expiring') this.#renew();
    else if (event.ev === 'membership') this.#membership(event);
    else if (conversation && event.seq !== undefined) this.#entry(event, conversation);
    else if (conversation) this.#passing(event, conversation);
    else if (event.seq !== undefined) this.#sync();
    this.screen.changed();
  }

  /** An event about a conversation that is no entry of its log. @param {any} event @param {Conversation} conversation */
  #passing(event, conversation) {
    const { row, log } = conversation;
    switch (event.ev) {
      case 'gap':
        Object.assign(row, { head: event.to, unread: event.unread });
        return this.#behind(conversation);
      case 'head':
        Object.assign(row, { head: event.head, unread: event.unread ?? row.unread });
        return;
      case 'reset':
        this.#epoch = event.epoch;
        row.head = event.head;
        log.restart(event.head);
        return this.#behind(conversation);
      case 'read':
        return conversation.readBy(event.user, event.upTo, event.unread);
      case 'typing':
        setTimeout(() => this.screen.changed(), conversation.typedBy(event.user, event.on) + 50);
    }
  }

  /** @param {Entry} entry @param {Conversation} conversation */
  #entry(entry, conversation) {
    const outcome = conversation.append(entry);
    if (entry.from === this.user) this.outbox.settle(conversation.id, entry.key);
    if (outcome === 'hole') this.#behind(conversation);
    if (outcome !== 'added') return;
    if (isUnknownChange(entry)) this.#readAgain(conversation, entry.target ?? 0);
    if (conversation !== this.current) conversation.log.trim(KEPT);
    else if (entry.ev === 'message' && entry.from !== this.user) this.screen.said(entry);
  }

  #membership({ conversation, change, row }) {
    if (change === 'left') this.#remove(conversation);
    else if (row) this.#row(row);
    else this.#sync();
  }

  /** @param {string} id */
  #remove(id) {
    const conversation = this.conversations.get(id);
    if (!conversation) return;
    this.conversations.delete(id);
    this.outbox.forget(id);
    if (conversation !== this.current) return;
    this.current = null;
    this.screen.notice(`You are no longer in ${conversation.title}.`);
  }

  /** Entries are missing: the conversation on the screen goes on at once, another one when it is opened. @param {Conversation} conversation */
  #behind(conversation) {
    conversation.state = 'summary';
    if (conversation === this.current) this.#resume(conversation);
  }

  /** @param {Conversation} conversation */
  async #resume(conversation) {
    const { id, log } = conversation;
    conversation.state = 'live';
    try {
      await this.connection.request({ op: 'resume', conversation: id, since: log.position, max: RESUME_MAX }, (ok) => {
        if (ok.from !== log.tail + 1) log.restart(ok.from - 1); // too far back: the rest is history
        Object.assign(conversation.row, { head: ok.head, unread: ok.unread });
      });
    } catch (error) {
      conversation.state = 'summary';
      if (error.temporary) await pause(error.retryAfterMs ?? RETRY_MS);
      if (error.temporary && conversation === this.current && conversation.state === 'summary') this.#resume(conversation);
    }
    this.screen.changed();
  }

  /** Reads one entry again, as something that this page does not understand has changed it. @param {Conversation} conversation @param {number} seq */
  async #readAgain({ id, log }, seq) {
    const command = { op: 'history', conversation: id, after: seq - 1, limit: 1 };
    await this.connection.request(command, ({ events }) => events.forEach((/** @type {Entry} */ entry) => log.replace(entry))).catch(() => {});
    this.screen.changed();
  }

  /** Renews the token of a session that goes on. */
  async #renew() {
    try {
      this.#refused = this.#token;
      this.#token = await this.account.token(this.#refused);
      await this.connection.request({ op: 'refresh', token: this.#token });
    } catch {
      // The server will end the session; then the next hello says what is wrong.
    }
  }
}

const pause = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));
