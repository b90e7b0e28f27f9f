import { SPAN_MS, Series } from './series.js';

/** @typedef {import('./answers.js').Node} Node */

/** What is known of the cluster: the newest answers, and how the sums have gone in the last quarter of an hour. Pure. */
export class Cluster {
  /** @type {import('./answers.js').Nodes | null} */
  nodes = null;
  /** @type {import('./answers.js').Counts | null} */
  counts = null;
  users = new Series();
  commands = new Series();
  frames = new Series();
  bytes = new Series();

  /** Nodes that were there and are not any more, by id. A lost one would otherwise just be missing from the list. @type {Map<string, Node>} */
  #gone = new Map();

  /** @param {import('./answers.js').Nodes} nodes @param {number} [now] epoch ms */
  setNodes(nodes, now = Date.now()) {
    const there = new Set(nodes.nodes.map(({ id }) => id));
    const names = new Set(nodes.nodes.map(({ name }) => name));
    for (const node of this.nodes?.nodes ?? []) {
      if (!there.has(node.id)) this.#gone.set(node.id, { ...node, inView: false, answers: false, figures: undefined, slots: undefined, problems: {}, goneAt: now });
    }
    for (const [id, { name, goneAt = 0 }] of this.#gone) {
      if (names.has(name) || now - goneAt > SPAN_MS) this.#gone.delete(id); // started anew, or long ago
    }
    this.nodes = nodes;
    this.commands.add(this.sum('commandsPerSecond'));
    this.frames.add(this.sum('framesPerSecond'));
    this.bytes.add(this.sum('bytesPerSecond'));
  }

  /** @param {import('./answers.js').Counts} counts */
  setCounts(counts) {
    this.counts = counts;
    this.users.add(this.online);
  }

  /** Users with sessions, the invisible too. */
  get online() {
    const { online = 0, away = 0, busy = 0, invisible = 0 } = this.counts ?? {};
    return online + away + busy + invisible;
  }

  /** All nodes, also those that this page misses. */
  get known() {
    return [...(this.nodes?.nodes ?? []), ...this.#gone.values()];
  }

  /** A figure over all nodes that answer. @param {string} figure */
  sum(figure) {
    return (this.nodes?.nodes ?? []).reduce((sum, node) => sum + (node.figures?.[figure] ?? 0), 0);
  }

  /** The node where a figure is highest. @param {string} figure @returns {Node | undefined} */
  worst(figure) {
    const answering = (this.nodes?.nodes ?? []).filter(({ figures }) => figures);
    return answering.sort((a, b) => (b.figures?.[figure] ?? 0) - (a.figures?.[figure] ?? 0))[0];
  }
}

/**
 * How a node is, in one word, and how bad that is.
 *
 * @param {Node} node
 * @returns {{kind: 'good' | 'warn' | 'bad' | 'none', word: string}}
 */
export function stateOf({ inView, answers, draining, problems = {}, goneAt }) {
  if (goneAt) return { kind: draining ? 'none' : 'bad', word: 'gone' };
  if (!inView) return { kind: 'bad', word: 'apart' };
  if (!answers) return { kind: 'bad', word: 'silent' };
  if (draining) return { kind: 'warn', word: 'draining' };
  if (Object.keys(problems).length > 0) return { kind: 'bad', word: 'not ready' };
  return { kind: 'good', word: 'in view' };
}
