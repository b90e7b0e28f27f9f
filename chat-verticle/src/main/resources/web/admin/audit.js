import { byId, el } from '../dom.js';
import { complaint } from './access.js';
import { moment } from './format.js';
import { PageButtons } from './page-buttons.js';
import { Poll } from './poll.js';
import { Table } from './table.js';

const EVERY_MS = 10_000;
const PAGE = 50;

/** @type {Record<string, string>} */
const WORDS = { 'session.end': 'ended the session', 'presence.end': 'ended all sessions of', 'node.drain': 'drained the node' };

/** @typedef {import('./answers.js').Action} Action */

/** What administrators did. */
export class AuditPage {
  #access;
  #shown = false;
  #pages = new PageButtons(byId('auditPages'), () => this.#poll.now(), { back: '‹ Newer', next: 'Older ›' });
  #poll = new Poll(() => this.#read(), EVERY_MS, (error, answeredAt) => (byId('auditNote').textContent = complaint(error, answeredAt)));
  /** @type {Table<Action>} */
  #table;

  /** @param {import('./access.js').Access} access */
  constructor(access) {
    this.#access = access;
    this.#table = new Table(
      byId('actions'),
      [
        { label: 'When', make: (row) => el('time', { dateTime: new Date(row().at).toISOString() }), text: ({ at }) => moment(at) },
        { label: 'Who', text: ({ by }) => by },
        { label: 'Did', className: 'whole', text: ({ action }) => WORDS[action] ?? action },
        { label: 'To', className: 'whole', make: targetCell },
        { label: 'From', text: ({ address }) => address },
      ],
      ({ number }) => String(number),
    );
  }

  show() {
    this.#shown = true;
    this.#poll.start();
  }

  hide() {
    this.#shown = false;
    this.#poll.stop();
  }

  /** Something was done. */
  changed() {
    if (this.#shown) this.#poll.soon();
  }

  async #read() {
    const { place } = this.#pages;
    /** @type {import('./answers.js').AuditPage} */
    const { actions, more } = await this.#access.call('GET', `/v1/admin/audit?${new URLSearchParams({ limit: String(PAGE), ...(place && { before: place }) })}`);
    if (this.#pages.place !== place) return; // turned on meanwhile
    this.#table.draw(actions);
    this.#pages.draw(more ? String(actions.at(-1)?.number) : undefined);
    byId('actions').hidden = actions.length === 0;
    byId('auditNote').textContent = actions.length > 0 || place ? 'What administrators did, the newest first. Each line was written before it was done.' : 'No administrator has done anything yet.';
  }
}

/** Users have a page to go to. @param {() => Action} row */
function targetCell(row) {
  const { action, target } = row();
  return action === 'presence.end' ? el('a', { href: `#/user/${encodeURIComponent(target)}` }, target) : el('span', { className: 'id' }, target);
}
