import { byId } from '../dom.js';
import { meaning } from './access.js';
import { AuditPage } from './audit.js';
import { Cluster } from './cluster.js';
import { clock } from './format.js';
import { NodesTable } from './nodes.js';
import { OnlinePage } from './online.js';
import { Overview } from './overview.js';
import { Poll } from './poll.js';
import { PresenceStream } from './presence-stream.js';
import { SlowTable } from './slow.js';
import { StatusLine } from './status-line.js';
import { UserPage } from './user.js';

const NODES_MS = 2_000;

/** @typedef {{show(argument: string): void, hide(): void, title: string}} View */

/** Shows all there is to an administrator, and keeps it up to date. @param {import('./access.js').Access} access */
export function startDashboard(access) {
  const line = new StatusLine();
  const cluster = new Cluster();
  let drawn = false;

  /** An action has succeeded. @param {string} what */
  const done = (what) => {
    line.notice(what);
    nodesPoll.soon();
    audit.changed();
  };
  const overview = new Overview();
  const nodes = new NodesTable(access, done);
  const slow = new SlowTable(access, cluster);
  const online = new OnlinePage(access);
  const user = new UserPage(access, done);
  const audit = new AuditPage(access);

  /** The nodes are read all the while, so this also tells whether the server answers, and takes the token. */
  const nodesPoll = new Poll(readNodes, NODES_MS, (error, answeredAt = Date.now()) => {
    const what = meaning(error);
    if (what === 'over' || what === 'denied') location.reload(); // the door says why, and nothing is left on the page
    else line.lasting(`No answer from the server since ${clock(answeredAt)} (${error.message}). What is shown is from then. Trying again…`);
  });

  async function readNodes() {
    cluster.setNodes(await access.call('GET', '/v1/admin/nodes'));
    line.lasting('');
    slow.counted();
    draw();
  }

  /** Once a frame at most, and not at all while nobody can see it. */
  function draw() {
    if (!drawn) requestAnimationFrame(drawNow);
    drawn = true;
  }

  function drawNow() {
    drawn = false;
    if (byId('overview').hidden) return;
    overview.draw(cluster);
    nodes.draw(cluster);
  }

  /** @type {Record<string, View>} */
  const views = {
    overview: { show: () => (slow.show(), draw()), hide: () => slow.hide(), title: 'Overview' },
    online: { show: () => online.show(), hide: () => online.hide(), title: 'Online' },
    user: { show: (id) => user.show(id), hide: () => user.hide(), title: 'User' },
    audit: { show: () => audit.show(), hide: () => audit.hide(), title: 'Audit log' },
  };
  /** @type {string | undefined} */
  let shown;

  /** Shows what the address names. */
  function follow() {
    const [, name = '', argument = ''] = /^#\/([a-z]*)(?:\/(.*))?$/.exec(location.hash) ?? [];
    const next = name in views ? name : 'overview';
    if (shown) views[shown].hide();
    for (const view of Object.keys(views)) byId(view).hidden = view !== next;
    for (const link of document.querySelectorAll('#top nav a')) {
      const here = link.getAttribute('href') === `#/${next === 'overview' ? '' : next === 'user' ? 'online' : next}`;
      if (here) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    const id = decode(argument);
    views[next].show(id);
    document.title = `Hubbub · ${next === 'user' ? id : views[next].title}`;
    if (shown) {
      scrollTo(0, 0);
      byId(next).querySelector('h1').focus({ preventScroll: true }); // a reader hears where it is now
    }
    shown = next;
  }

  const stream = new PresenceStream(access, {
    presence(change) {
      online.changed(change);
      user.changed(change);
    },
    counts(counts) {
      cluster.setCounts(counts);
      draw();
    },
    lost() {
      online.lost();
      user.lost();
    },
    live(live) {
      byId('live').dataset.state = live ? 'live' : 'waiting';
      byId('live').textContent = live ? 'Live' : 'Connecting…';
    },
  });

  byId('me').textContent = access.user;
  byId('logout').onclick = () => access.logOut().then(() => location.reload());
  byId('skip').onclick = (/** @type {Event} */ event) => {
    event.preventDefault(); // the address names the view
    byId('page').focus();
  };
  byId('dashboard').hidden = false;
  addEventListener('hashchange', follow);
  follow();
  nodesPoll.start();
  stream.open();
}

/** @param {string} text of an address */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
