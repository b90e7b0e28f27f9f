import { el, fill, time } from './dom.js';

const EMOJI = ['👍', '❤️', '😂', '🎉'];

/** @typedef {import('./log.js').Entry} Entry */
/** @typedef {import('./outbox.js').Item} Item */

/**
 * @typedef {object} Deeds what can be done to a message
 * @property {(message: Entry, emoji: string) => void} react
 * @property {(message: Entry) => void} edit
 * @property {(message: Entry) => void} delete
 * @property {(item: Item) => void} retry
 * @property {(item: Item) => void} discard
 */

/** The messages of one conversation on the screen. An entry is drawn once; a changed one is another object. */
export class Messages {
  /** @type {WeakMap<Entry, HTMLElement>} */
  #drawn = new WeakMap();

  /** @param {HTMLElement} list @param {string} user @param {Deeds} deeds */
  constructor(list, user, deeds) {
    this.list = list;
    this.user = user;
    this.deeds = deeds;
  }

  /** Whether the newest message is in sight. */
  get atEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 40;
  }

  /** Draws entries, then what is not yet one of them, and keeps in place what the user looks at. @param {import('./log.js').Log} log @param {Item[]} unsent */
  draw(log, unsent) {
    const { atEnd } = this;
    const anchor = [...this.list.children].find((child) => /** @type {HTMLElement} */ (child).offsetTop >= this.list.scrollTop);
    const offset = () => /** @type {HTMLElement} */ (anchor).offsetTop - this.list.scrollTop;
    const before = anchor ? offset() : 0;
    const focused = this.list.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset : null;
    /** @type {HTMLElement[]} */
    const nodes = [];
    for (const entry of log) {
      const node = this.#node(entry, log);
      if (node) nodes.push(node);
    }
    fill(this.list, [...nodes, ...unsent.map((item) => this.#unsent(item))]);
    if (atEnd) this.list.scrollTop = this.list.scrollHeight;
    else if (anchor?.isConnected) this.list.scrollTop += offset() - before;
    if (focused?.deed && !this.list.contains(document.activeElement)) this.#control(focused)?.focus(); // it was drawn anew
  }

  /** @param {DOMStringMap} dataset */
  #control({ seq, deed }) {
    return /** @type {HTMLElement | null} */ (this.list.querySelector(`[data-seq="${seq}"][data-deed="${deed}"]`));
  }

  /** @param {Entry} entry @param {import('./log.js').Log} log */
  #node(entry, log) {
    const known = this.#drawn.get(entry);
    if (known) return known;
    if (entry.ev !== 'message' && !entry.fallback) return null; // it shows in the message that it changes
    const node = entry.ev === 'message' ? this.#message(entry, log) : el('li', { className: 'happened' }, entry.fallback, ' ', time(entry.at));
    this.#drawn.set(entry, node);
    return node;
  }

  /** @param {Entry} message @param {import('./log.js').Log} log */
  #message(message, log) {
    const mine = message.from === this.user;
    const root = message.thread ? log.entries.get(message.thread) : undefined;
    return el('li', { className: mine ? 'message mine' : 'message', tabIndex: -1 }, // a tap shows what is offered
      el('div', { className: 'about' }, el('b', {}, message.from), ' ', time(message.at), message.edited && !message.deleted && ' edited'),
      message.thread ? el('div', { className: 'about' }, `↳ to ${root?.from ?? 'an earlier message'}: ${root?.body?.slice(0, 80) ?? ''}`) : null,
      message.deleted ? el('p', { className: 'gone' }, 'deleted') : el('p', { dir: 'auto' }, message.body ?? ''),
      message.deleted ? null : this.#controls(message, mine));
  }

  /** @param {Entry} message @param {boolean} mine */
  #controls(message, mine) {
    const { deeds } = this;
    /** @param {string} name @param {string} label @param {() => void} deed @param {Record<string, any>} [more] */
    const button = (name, label, deed, more = {}) => {
      const node = el('button', { className: 'quiet', onclick: deed, ...more }, label);
      Object.assign(node.dataset, { seq: message.seq, deed: name });
      return node;
    };
    const given = Object.entries(message.reactions ?? {}).map(([emoji, users]) => button(emoji, `${emoji} ${users.length}`, () => deeds.react(message, emoji),
      { title: users.join(', '), 'aria-pressed': users.includes(this.user), 'aria-label': `${emoji} by ${users.join(', ')}` }));
    const offered = EMOJI.filter((emoji) => !message.reactions?.[emoji]).map((emoji) => button(emoji, emoji, () => deeds.react(message, emoji), { 'aria-label': `React with ${emoji}` }));
    const own = [button('edit', 'Edit', () => deeds.edit(message)), button('delete', 'Delete', () => deeds.delete(message))];
    return el('div', { className: 'controls' }, ...given, el('span', { className: 'offered' }, ...offered, ...(mine ? own : [])));
  }

  /** @param {Item} item */
  #unsent(item) {
    const failed = item.state === 'failed';
    return el('li', { className: `message mine ${item.state}` },
      el('div', { className: 'about' }, el('b', {}, this.user), ' ', time(item.at)),
      el('p', { dir: 'auto' }, item.command.body),
      el('div', { className: failed ? 'error' : 'about' }, failed ? `Not sent: ${item.error} ` : item.state === 'sent' ? 'sent' : 'sending…',
        failed && el('button', { onclick: () => this.deeds.retry(item) }, 'Retry'), failed && el('button', { className: 'quiet', onclick: () => this.deeds.discard(item) }, 'Discard')));
  }
}
