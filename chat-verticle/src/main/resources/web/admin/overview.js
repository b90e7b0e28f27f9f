import { byId, el } from '../dom.js';
import { Chart } from './chart.js';
import { stateOf } from './cluster.js';
import { bytesPerSecond, count, list, nodeName, several, span } from './format.js';
import { setText } from './table.js';

/** @typedef {import('./cluster.js').Cluster} Cluster */
/** @typedef {{value: string, more?: string, wrong?: boolean}} Figure */

/** @type {Record<string, (cluster: Cluster) => Figure>} */
const TOTALS = {
  'Users online': ({ counts, online }) =>
    counts ? { value: count(online), more: `${count(counts.away)} away · ${count(counts.busy)} busy · ${count(counts.invisible)} invisible` } : { value: '–' },
  Sessions: (cluster) => ({ value: count(cluster.sum('sessions')), more: `follow ${several(cluster.sum('conversations'), 'conversation')}` }),
  'Nodes in view': ({ known }) => {
    const all = known.filter((node) => stateOf(node).kind !== 'none');
    const well = all.filter((node) => stateOf(node).kind === 'good').length;
    return { value: `${well} of ${all.length}`, more: well === all.length ? 'all well' : 'see below', wrong: well < all.length };
  },
  'Slow consumers': (cluster) => {
    const slow = cluster.sum('slowSessions');
    return { value: count(slow), more: `of ${several(cluster.sum('sessions'), 'session')}`, wrong: slow > 0 };
  },
  'Gaps per second': (cluster) => {
    const gaps = cluster.sum('gapsPerSecond');
    return { value: count(gaps), more: 'sessions told to catch up', wrong: gaps > 0 };
  },
  'Commands waiting': (cluster) => ({ value: count(cluster.sum('waitingCommands')), more: 'for an answer of a home' }),
  'Longest loop lag': (cluster) => {
    const node = cluster.worst('loopLagMillis');
    return { value: span(node?.figures?.loopLagMillis), more: node ? `at ${node.name}` : '' };
  },
};

/** The sums of the whole cluster, now and over time. */
export class Overview {
  #users = new Chart('Users online', count);
  #commands = new Chart('Commands per second', count);
  #frames = new Chart('Frames sent per second', count);
  #bytes = new Chart('Bytes sent per second', bytesPerSecond, 1024);
  #totals = Object.entries(TOTALS).map(([label, read]) => ({ read, value: el('dd'), more: el('dd', { className: 'more' }), label: el('dt', {}, label) }));

  constructor() {
    byId('totals').append(...this.#totals.map(({ label, value, more }) => el('div', { className: 'panel' }, label, value, more)));
    byId('charts').append(...[this.#users, this.#commands, this.#frames, this.#bytes].map(({ element }) => element));
  }

  /** @param {Cluster} cluster */
  draw(cluster) {
    for (const { read, value, more } of this.#totals) {
      const figure = read(cluster);
      setText(value, figure.value);
      setText(more, figure.more ?? '');
      value.classList.toggle('wrong', !!figure.wrong);
    }
    this.#users.draw(cluster.users);
    this.#commands.draw(cluster.commands);
    this.#frames.draw(cluster.frames);
    this.#bytes.draw(cluster.bytes);
    const warning = warningOf(cluster);
    setText(byId('warning'), warning);
    byId('warning').hidden = !warning;
  }
}

/** What makes the figures doubtful. @param {Cluster} cluster */
function warningOf({ nodes, counts }) {
  const warnings = [];
  if (nodes?.contested) warnings.push('The database knows of nodes that this one cannot see: the cluster may be split.');
  if (counts && counts.silent.length > 0) warnings.push(`No answer from ${list(counts.silent.map(nodeName))}: what is known there alone is missing.`);
  return warnings.join(' ');
}
