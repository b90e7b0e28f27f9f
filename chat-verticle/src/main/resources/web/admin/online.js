import { byId, el } from '../dom.js';
import { complaint } from './access.js';
import { newBadge, showBadge } from './badge.js';
import { list, nodeName, several, since } from './format.js';
import { PageButtons } from './page-buttons.js';
import { Poll } from './poll.js';
import { userLink } from './session-cells.js';
import { Table } from './table.js';

const EVERY_MS = 10_000; // for what no change tells of, as a second session
const PAGE = 50;
const TYPING_MS = 250;

/** @typedef {import('./answers.js').User} User */

/** Who is online, page by page, kept up to date by the stream of changes. */
export class OnlinePage {
  #access;
  #form = byId('find');
  #pages = new PageButtons(byId('onlinePages'), () => this.#poll.now(), { back: '‹ Previous', next: 'Next ›' });
  #poll = new Poll(() => this.#read(), EVERY_MS, (error, answeredAt) => this.#note(complaint(error, answeredAt)));
  /** @type {Table<User>} */
  #table;
  /** @type {User[]} */
  #users = [];
  #more = false;
  #shown = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typing;

  /** @param {import('./access.js').Access} access */
  constructor(access) {
    this.#access = access;
    this.#table = new Table(
      byId('users'),
      [
        userLink(),
        { label: 'Status', make: newBadge, show: (badge, { status }) => showBadge(badge, status, status) },
        { label: 'Sessions', className: 'number', text: ({ sessions }) => String(sessions.length) },
        { label: 'At', text: ({ sessions }) => distinct(sessions.map(({ node }) => nodeName(node))) },
        { label: 'Devices', text: ({ sessions }) => distinct(sessions.map(({ device }) => device ?? 'unnamed')) },
        { label: 'Online for', className: 'number whole', text: ({ sessions }) => (sessions.length > 0 ? since(Math.min(...sessions.map((session) => session.since))) : '–') },
      ],
      ({ user }) => user,
    );
    this.#form.onsubmit = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#search();
    };
    this.#form.elements.status.onchange = () => this.#search();
    this.#form.elements.prefix.oninput = () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => this.#search(), TYPING_MS);
    };
  }

  show() {
    this.#shown = true;
    this.#poll.start();
  }

  hide() {
    this.#shown = false;
    this.#poll.stop();
  }

  /** Changes were missed. */
  lost() {
    if (this.#shown) this.#poll.soon();
  }

  /** A user comes, goes, or is seen otherwise. @param {import('./answers.js').Change} change */
  changed({ user, status }) {
    if (!this.#shown) return;
    const { prefix, status: wanted } = this.#wanted();
    const fits = status !== 'offline' && (!wanted || status === wanted);
    const row = this.#users.find((each) => each.user === user);
    if (row && fits) {
      row.status = status;
      this.#table.draw(this.#users);
    } else if (row) {
      this.#users = this.#users.filter((each) => each !== row);
      this.#table.draw(this.#users);
      this.#poll.soon(); // somebody moves up
    } else if (fits && user.startsWith(prefix) && this.#wouldBeHere(user)) {
      this.#poll.soon();
    }
  }

  /** Whether a user belongs on the page that is shown; they are in order of id. @param {string} user */
  #wouldBeHere(user) {
    const first = this.#users[0];
    const last = this.#users.at(-1);
    return !first || !last || ((this.#pages.number === 1 || user > first.user) && (!this.#more || user < last.user));
  }

  #wanted() {
    const { prefix, status } = this.#form.elements;
    return { prefix: prefix.value.trim(), status: status.value };
  }

  #search() {
    clearTimeout(this.#typing);
    this.#pages.reset();
    this.#poll.now();
  }

  async #read() {
    const { prefix, status } = this.#wanted();
    const { place } = this.#pages;
    const query = new URLSearchParams({ limit: String(PAGE), ...(prefix && { prefix }), ...(status && { status }), ...(place && { page: place }) });
    /** @type {import('./answers.js').UserPage} */
    const { users, page, silent } = await this.#access.call('GET', `/v1/admin/presence?${query}`);
    const now = this.#wanted();
    if (now.prefix !== prefix || now.status !== status || this.#pages.place !== place) return; // asked anew meanwhile
    this.#users = users;
    this.#more = page !== undefined;
    this.#table.draw(users);
    this.#pages.draw(page);
    byId('users').hidden = users.length === 0;
    const missing = silent.length > 0 ? `No answer from ${list(silent.map(nodeName))}: who is known there alone is missing.` : '';
    if (users.length > 0) this.#note(missing);
    else if (prefix) this.#note(`Nobody online ${status ? `is ${status} and ` : ''}has an id that begins with “${prefix}”. ${missing}`, lookAt(prefix));
    else this.#note(`Nobody is ${status || 'online'}. ${missing}`);
  }

  /** @param {string} text @param {Node} [more] */
  #note(text, more) {
    byId('onlineNote').replaceChildren(text, more ?? '');
    byId('onlineNote').hidden = !text;
  }
}

/** @param {string} user */
const lookAt = (user) => el('a', { href: `#/user/${encodeURIComponent(user)}` }, `See what is known of the user “${user}”`);

/** @param {string[]} words */
function distinct(words) {
  const all = [...new Set(words)];
  return all.length > 3 ? `${all.slice(0, 3).join(', ')} and ${several(all.length - 3, 'more', 'more')}` : all.join(', ') || '–';
}
