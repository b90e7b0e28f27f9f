import { byId, el } from '../dom.js';
import { ask } from './ask.js';
import { newBadge, showBadge } from './badge.js';
import { stateOf } from './cluster.js';
import { bytes, bytesPerSecond, clock, count, nodeName, percent, span } from './format.js';
import { Table, setText } from './table.js';

const MOST = 200; // rows

/** @typedef {import('./answers.js').Node} Node */

/** @param {string} label @param {string} figure @param {(value: number | undefined) => string} format */
const figure = (label, figure, format) => ({ label, className: 'number', text: (/** @type {Node} */ { figures }) => format(figures?.[figure]) });

/** The nodes, each with what it does and how it is, and a button to drain it. */
export class NodesTable {
  #table;
  /** @type {Node[]} */
  #nodes = [];

  /** @param {import('./access.js').Access} access @param {(what: string) => void} done */
  constructor(access, done) {
    const drain = (/** @type {Node} */ node) =>
      ask(`Drain ${node.name}?`, drainMeans(node, this.#nodes), `Drain ${node.name}`, async () => {
        await access.call('POST', `/v1/admin/nodes/${encodeURIComponent(node.id)}/drain`);
        done(`${node.name} drains.`);
      });
    /** @type {import('./table.js').Column<Node>[]} */
    const columns = [
      { label: 'Node', make: nameCell, show: showName },
      { label: 'State', className: 'whole', make: stateCell, show: showState },
      { label: 'Roles', className: 'whole', text: ({ roles }) => (roles ?? []).join(', ') || '–' },
      { label: 'Slots', className: 'number', make: () => el('span', { title: 'Of 256 of each: conversations / users that it is home of' }), text: ({ slots }) => (slots ? `${slots.history} / ${slots.presence}` : '–') },
      figure('Sessions', 'sessions', count),
      figure('Slow', 'slowSessions', count),
      figure('Commands/s', 'commandsPerSecond', count),
      figure('Frames/s', 'framesPerSecond', count),
      figure('Sent', 'bytesPerSecond', bytesPerSecond),
      figure('Gaps/s', 'gapsPerSecond', count),
      { label: 'CPU', className: 'number', make: meterCell, show: showCpu },
      { label: 'Heap', className: 'number', make: meterCell, show: showHeap },
      figure('Loop lag', 'loopLagMillis', span),
      figure('Up for', 'uptimeMillis', span),
      { label: 'Action', className: 'deed', make: (node) => el('button', { className: 'quiet', onclick: () => drain(node()) }, 'Drain'), show: showDrain },
    ];
    this.#table = new Table(byId('nodes'), columns, ({ id }) => id, 66);
  }

  /** @param {import('./cluster.js').Cluster} cluster */
  draw({ known, nodes }) {
    this.#nodes = known;
    const sorted = [...known].sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }) || a.id.localeCompare(b.id));
    this.#table.draw(sorted.slice(0, MOST));
    byId('nodesTitle').textContent = sorted.length > MOST ? `Nodes, the first ${MOST} of ${sorted.length}` : 'Nodes';
    byId('nodes').ariaDescription = nodes ? `As ${nodeName(nodes.self)} sees them` : '';
  }
}

/** @param {Node} node @param {Node[]} nodes */
function drainMeans(node, nodes) {
  const left = nodes.filter((other) => other.id !== node.id && stateOf(other).kind === 'good').length;
  const alone = left === 0 ? ' No other node is well: nobody will be served.' : '';
  return `It is no home any more, takes nobody new, and its clients move to other nodes. It goes on running until it is stopped; this cannot be taken back without a restart.${alone}`;
}

const nameCell = () => el('span', {}, el('b', { className: 'name' }), el('span', { className: 'id' }));

/** @param {HTMLElement} cell @param {Node} node */
function showName(cell, { name, id }) {
  setText(cell.children[0], name);
  setText(cell.children[1], id.startsWith(name) ? id.slice(name.length) : id);
}

const stateCell = () => el('span', {}, newBadge(), el('span', { className: 'problems' }));

/** @param {HTMLElement} cell @param {Node} node */
function showState(cell, node) {
  const { kind, word } = stateOf(node);
  showBadge(/** @type {HTMLElement} */ (cell.children[0]), kind, word);
  const problems = Object.entries(node.problems ?? {}).filter(([, what]) => what !== word);
  const gone = node.goneAt && `since ${clock(node.goneAt)}`;
  setText(cell.children[1], gone || problems.map(([part, what]) => `${part}: ${what}`).join('; '));
}

const meterCell = () => el('span', { className: 'meter' }, el('span'), el('span', { className: 'bar', 'aria-hidden': 'true' }, el('span')));

/** @param {HTMLElement} cell @param {Node} node */
const showCpu = (cell, { figures }) => showMeter(cell, percent(figures?.cpuPermille), figures && figures.cpuPermille / 1000);

/** @param {HTMLElement} cell @param {Node} node */
const showHeap = (cell, { figures }) => showMeter(cell, bytes(figures?.heapUsedBytes), figures && figures.heapUsedBytes / figures.heapMaxBytes);

/** @param {HTMLElement} cell @param {string} text @param {number | undefined} part 0 to 1 of what there is, where that is known */
function showMeter(cell, text, part = NaN) {
  const bar = /** @type {HTMLElement} */ (cell.children[1]);
  const filled = /** @type {HTMLElement} */ (bar.firstElementChild);
  setText(cell.children[0], text);
  bar.hidden = !Number.isFinite(part);
  filled.style.width = `${Math.min(1, part) * 100}%`;
  filled.dataset.kind = part > 0.9 ? 'bad' : part > 0.75 ? 'warn' : 'good';
}

/** @param {HTMLElement} button @param {Node} node */
function showDrain(button, node) {
  button.hidden = !node.answers || !!node.draining;
  button.ariaLabel = `Drain ${node.name}`;
}
