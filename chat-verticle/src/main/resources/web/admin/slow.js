import { byId } from '../dom.js';
import { count, several } from './format.js';
import { Poll } from './poll.js';
import { ADDRESS, BEHIND, DEVICE, HEARD, NODE, SENT, WAITING, userLink } from './session-cells.js';
import { Table } from './table.js';

const EVERY_MS = 5_000;
const PAGE = 1_000;
const MOST_PAGES = 5; // read each time: the list is there to find some, the count is exact
const MOST = 50; // rows

/** @typedef {import('./answers.js').EdgeSession} EdgeSession */

/**
 * The sessions that do not read as fast as they are written to. Nodes tell how many they have; only of those that
 * have some the sessions are looked through.
 */
export class SlowTable {
  #access;
  #cluster;
  #table;
  #slow = 0;
  #poll = new Poll(() => this.#read(), EVERY_MS);

  /** @param {import('./access.js').Access} access @param {import('./cluster.js').Cluster} cluster */
  constructor(access, cluster) {
    this.#access = access;
    this.#cluster = cluster;
    /** @type {Table<EdgeSession>} */
    this.#table = new Table(byId('slow'), [userLink(), NODE, DEVICE, ADDRESS, WAITING, BEHIND, SENT, HEARD], ({ id }) => id);
  }

  show() {
    this.#poll.start();
  }

  hide() {
    this.#poll.stop();
  }

  /** The nodes have told anew. */
  counted() {
    const slow = this.#cluster.sum('slowSessions');
    if (slow !== this.#slow) this.#poll.soon();
    this.#slow = slow;
  }

  async #read() {
    if (!this.#cluster.nodes) return this.#poll.soon();
    const nodes = this.#cluster.nodes.nodes.filter(({ figures }) => figures?.slowSessions);
    /** @type {EdgeSession[]} */
    const found = [];
    let looked = 0;
    let more = false;
    for (const { id } of nodes) {
      let page = '';
      do {
        if (looked >= MOST_PAGES * PAGE) more = true;
        if (more) break;
        const answer = await this.#access.call('GET', `/v1/admin/sessions?${new URLSearchParams({ node: id, limit: String(PAGE), ...(page && { page }) })}`);
        looked += answer.sessions.length;
        found.push(...answer.sessions.filter((/** @type {EdgeSession} */ { waitingBytes, behind }) => waitingBytes || behind));
        page = answer.page ?? '';
      } while (page);
    }
    found.sort((a, b) => (b.waitingBytes ?? 0) - (a.waitingBytes ?? 0) || (b.behind ?? 0) - (a.behind ?? 0));
    this.#draw(found, more ? `Among the first ${several(looked, 'session')} of nodes that have some:` : '');
  }

  /** @param {EdgeSession[]} found @param {string} bound */
  #draw(found, bound) {
    const slow = this.#cluster.sum('slowSessions');
    const shown = found.slice(0, MOST);
    byId('slow').hidden = shown.length === 0;
    this.#table.draw(shown);
    byId('slowNote').textContent =
      slow === 0 && shown.length === 0
        ? 'None: every session reads as fast as it is written to.'
        : `${several(slow, 'session')} with much unread. ${bound} ${found.length > MOST ? `The ${MOST} furthest behind of ${count(found.length)}:` : ''}`.trim();
  }
}
