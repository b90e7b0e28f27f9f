import { byId, el, fill } from '../dom.js';
import { complaint } from './access.js';
import { ask } from './ask.js';
import { newBadge, showBadge } from './badge.js';
import { list, moment, nodeName, several, since, span } from './format.js';
import { Poll } from './poll.js';
import { ADDRESS, BEHIND, DEVICE, NODE, SENT, WAITING } from './session-cells.js';
import { Table, setText } from './table.js';
import { kindOf, why } from './why.js';

const EVERY_MS = 2_000;
const MOST = 100; // rows

const KINDS = /** @type {const} */ ({
  held: ['good', 'held'],
  ended: ['none', 'ended'],
  unheard: ['warn', 'unknown'],
  ghost: ['bad', 'ghost'],
});

/** @typedef {import('./answers.js').User} User */
/** @typedef {import('./answers.js').Session & {kind: ReturnType<typeof kindOf>}} Row */

/** One user: why he is shown as he is, session by session, with the means to end them. */
export class UserPage {
  #access;
  #done;
  #user = '';
  /** When what is shown of this user was answered. @type {number | undefined} */
  #answeredAt;
  #poll = new Poll(() => this.#read(), EVERY_MS, (error) => this.#error(complaint(error, this.#answeredAt)));
  /** @type {Table<Row>} */
  #table;

  /** @param {import('./access.js').Access} access @param {(what: string) => void} done */
  constructor(access, done) {
    this.#access = access;
    this.#done = done;
    this.#table = new Table(
      byId('sessions'),
      [
        NODE,
        { label: 'State', make: newBadge, show: (badge, { kind, idle }) => showBadge(badge, KINDS[kind][0], kind === 'held' && idle ? 'held, idle' : KINDS[kind][1]) },
        DEVICE,
        ADDRESS,
        { label: 'Age', className: 'number', text: (row) => since(row.since) },
        { label: 'Last heard', className: 'number', text: signOfLife },
        SENT,
        WAITING,
        BEHIND,
        { label: 'Session', className: 'id', text: ({ id }) => id },
        { label: 'Action', className: 'deed', make: (row) => el('button', { className: 'quiet', onclick: () => this.#end(row()) }, 'End'), show: showEnd },
      ],
      ({ id }) => id,
      66,
    );
    byId('endAll').onclick = () => this.#endAll();
  }

  /** @param {string} user */
  show(user) {
    if (user !== this.#user) this.#clear(user);
    this.#poll.start();
  }

  hide() {
    this.#poll.stop();
  }

  /** @param {import('./answers.js').Change} change */
  changed({ user }) {
    if (user === this.#user) this.#poll.soon();
  }

  lost() {
    this.#poll.soon();
  }

  /** @param {string} user */
  #clear(user) {
    this.#user = user;
    this.#answeredAt = undefined;
    byId('user').querySelector('h1').textContent = user;
    showBadge(byId('userStatus'), 'none', '…');
    fill(byId('why-shown'), []);
    fill(byId('userFacts'), []);
    this.#table.draw([]);
    byId('sessions').hidden = true;
    byId('endAll').disabled = true;
    this.#error('');
  }

  get #path() {
    return `/v1/admin/presence/${encodeURIComponent(this.#user)}`;
  }

  async #read() {
    const asked = this.#user;
    /** @type {User} */
    const user = await this.#access.call('GET', this.#path);
    if (asked !== this.#user) return;
    this.#answeredAt = Date.now();
    this.#error('');
    if (user.known === false) showBadge(byId('userStatus'), 'offline', 'not known');
    else showBadge(byId('userStatus'), user.status, user.status);
    const sentences = why(user);
    const old = [...byId('why-shown').children];
    fill(byId('why-shown'), sentences.map((text, index) => old[index] ?? el('p')));
    sentences.forEach((text, index) => setText(byId('why-shown').children[index], text));
    byId('userFacts').replaceChildren(...facts(user).map(([label, text]) => el('div', {}, el('dt', {}, label), el('dd', {}, text))));
    const { silent = [] } = user;
    this.#table.draw(user.sessions.slice(0, MOST).map((session) => ({ ...session, kind: kindOf(session, silent) })));
    byId('sessions').hidden = user.sessions.length === 0;
    byId('endAll').disabled = user.sessions.length === 0;
    setText(byId('sessionsNote'), user.sessions.length === 0 ? 'None.' : user.sessions.length > MOST ? `The first ${MOST} of ${several(user.sessions.length, 'session')}.` : '');
    byId('sessionsNote').hidden = user.sessions.length > 0 && user.sessions.length <= MOST;
  }

  /** @param {string} text */
  #error(text) {
    byId('userError').textContent = text;
    byId('userError').hidden = !text;
  }

  /** @param {Row} session */
  #end({ id, device, node }) {
    const which = `${device ? `“${device}”` : 'The session'} at ${nodeName(node)}`;
    const user = this.#user;
    ask(`End this session of ${user}?`, `${which} is closed and told that an administrator ended it. Its app does not come back by itself; the user may.`, 'End session', async () => {
      await this.#access.call('DELETE', `/v1/admin/sessions/${encodeURIComponent(id)}`);
      this.#done(`A session of ${user} was ended.`);
      this.#poll.now();
    });
  }

  #endAll() {
    const user = this.#user;
    ask(`End all sessions of ${user}?`, 'Each is closed and told that an administrator ended it. Those at nodes that do not answer are taken for over; a node that holds them all the same says so within seconds. The user may come back.', 'End all sessions', async () => {
      const { ended, expired } = await this.#access.call('DELETE', this.#path);
      const over = expired.length > 0 ? ` Those at ${list(expired.map(nodeName))}, which does not answer, are taken for over.` : '';
      this.#done(`${several(ended.length, 'session')} of ${user} ${ended.length === 1 ? 'was' : 'were'} ended.${over}`);
      this.#poll.now();
    });
  }
}

/** @param {Row} row */
function signOfLife({ kind, silentMillis, endedMillis, heardMillis }) {
  if (kind === 'ended') return `${span(Math.max(1_000, endedMillis ?? 0))} ago`;
  if (silentMillis !== undefined) return `${span(Math.max(1_000, silentMillis))} ago`;
  return heardMillis === undefined ? '–' : `node heard ${span(heardMillis)} ago`;
}

/** Only what its node holds can be closed. @param {HTMLElement} button @param {Row} row */
function showEnd(button, { kind, device, node }) {
  button.hidden = kind !== 'held';
  button.ariaLabel = `End the session ${device ?? ''} at ${nodeName(node)}`;
}

/** @param {User} user @returns {[string, string][]} */
function facts({ chosen, chosenAt, lastSeen, home, sessions }) {
  /** @type {[string, string][]} */
  const all = [['Chosen status', chosen && chosenAt ? `${chosen}, ${moment(chosenAt)}` : 'none']];
  if (lastSeen && sessions.length === 0) all.push(['Last seen', moment(lastSeen)]);
  all.push(['Home of the user', home ? nodeName(home) : 'none']);
  return all;
}
