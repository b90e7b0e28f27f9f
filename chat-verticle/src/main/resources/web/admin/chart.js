import { el } from '../dom.js';
import { clock } from './format.js';
import { SPAN_MS } from './series.js';

const NAMESPACE = 'http://www.w3.org/2000/svg';
const WIDTH = 900; // of the drawing; it is stretched to what room there is
const HEIGHT = 100;
const STEPS = [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10];

/** An element of a drawing. @param {string} tag @param {Record<string, string | number>} [attributes] */
function svg(tag, attributes = {}) {
  const element = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/** A round number not far above a value, even, so that half of it is shown as it is. @param {number} value @param {number} base 1000, or 1024 for bytes */
export function roundTop(value, base) {
  const unit = base ** Math.max(0, Math.floor(Math.log(Math.max(1, value)) / Math.log(base)));
  const ten = 10 ** Math.floor(Math.log10(Math.max(1, value / unit)));
  const tops = STEPS.map((step) => step * ten * unit);
  return tops.find((top) => top >= value && top % 2 === 0) ?? 10 * ten * unit;
}

/** A line over the last quarter of an hour, with one point that can be read by pointer or arrow keys. */
export class Chart {
  #format;
  #base;
  #title;
  #now = el('b');
  #read = el('span', { className: 'read' });
  #drawing = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  #area = svg('path', { class: 'area' });
  #line = svg('path', { class: 'line' });
  #mark = svg('line', { class: 'mark', y1: 0, y2: HEIGHT });
  #top = el('span');
  #half = el('span');
  #plot;
  /** @type {{at: number, value: number}[]} */
  #points = [];
  /** When the point that is read was taken, or null. @type {number | null} */
  #readAt = null;
  #drawnAt = 0;

  /** @param {string} title @param {(value: number) => string} format @param {number} [base] */
  constructor(title, format, base = 1000) {
    this.#title = title;
    this.#format = format;
    this.#base = base;
    for (const y of [0, HEIGHT / 2, HEIGHT]) this.#drawing.append(svg('line', { class: 'grid', x1: 0, x2: WIDTH, y1: y, y2: y }));
    for (const x of [0, WIDTH / 3, (WIDTH * 2) / 3]) this.#drawing.append(svg('line', { class: 'grid', x1: x, x2: x, y1: 0, y2: HEIGHT }));
    this.#drawing.append(this.#area, this.#line, this.#mark);
    this.#plot = el('div', { className: 'plot', tabIndex: 0, role: 'img' }, el('div', { className: 'scale', 'aria-hidden': 'true' }, this.#top, this.#half));
    this.#plot.append(this.#drawing);
    this.#plot.onpointermove = ({ clientX }) => this.#pointAt(clientX);
    this.#plot.onpointerleave = () => this.#readPoint(null);
    this.#plot.onblur = () => this.#readPoint(null);
    this.#plot.onkeydown = (event) => this.#step(event);
    const times = el('div', { className: 'times', 'aria-hidden': 'true' }, el('span', {}, '15 min ago'), this.#read, el('span', {}, 'now'));
    this.element = el('figure', { className: 'panel chart' }, el('figcaption', {}, el('span', {}, title), this.#now), this.#plot, times);
  }

  /** @param {import('./series.js').Series} series */
  draw(series) {
    const { points } = series;
    const now = Date.now();
    this.#points = points;
    this.#drawnAt = now;
    const values = points.map(({ value }) => value);
    const most = Math.max(0, ...values);
    const top = roundTop(most, this.#base);
    const x = (/** @type {number} */ at) => Math.max(0, WIDTH - ((now - at) / SPAN_MS) * WIDTH).toFixed(1);
    const y = (/** @type {number} */ value) => (HEIGHT - (value / top) * HEIGHT).toFixed(1);
    const lines = series.pieces().map((piece) => ({
      line: piece.map(({ at, value }) => `${x(at)} ${y(value)}`).join('L') + (piece.length === 1 ? 'h0' : ''), // a dot
      from: x(piece[0].at),
      to: x(/** @type {{at: number}} */ (piece.at(-1)).at),
    }));
    this.#line.setAttribute('d', lines.map(({ line }) => `M${line}`).join(''));
    this.#area.setAttribute('d', lines.map(({ line, from, to }) => `M${from} ${HEIGHT}L${line}L${to} ${HEIGHT}Z`).join(''));
    this.#top.textContent = this.#format(top);
    this.#half.textContent = this.#format(top / 2);
    const last = values.at(-1);
    this.#now.textContent = last === undefined ? '–' : this.#format(last);
    this.#plot.ariaLabel =
      last === undefined
        ? `${this.#title}: nothing yet`
        : `${this.#title}, last 15 minutes: now ${this.#format(last)}, least ${this.#format(Math.min(...values))}, most ${this.#format(most)}`;
    this.#readPoint(this.#readAt);
  }

  /** @param {number} clientX */
  #pointAt(clientX) {
    const { left, width } = this.#plot.getBoundingClientRect();
    this.#readPoint(this.#drawnAt - (1 - (clientX - left) / width) * SPAN_MS);
  }

  /** @param {KeyboardEvent} event */
  #step(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const at = this.#readAt === null ? this.#points.length : this.#points.indexOf(this.#nearest(this.#readAt)) + by;
    const point = this.#points[Math.max(0, Math.min(this.#points.length - 1, at))];
    if (point) this.#readPoint(point.at);
  }

  /** @param {number} at */
  #nearest(at) {
    return this.#points.reduce((best, point) => (Math.abs(point.at - at) < Math.abs(best.at - at) ? point : best), this.#points[0]);
  }

  /** @param {number | null} at */
  #readPoint(at) {
    const point = at === null ? undefined : this.#nearest(at);
    this.#readAt = point ? at : null;
    this.#mark.classList.toggle('seen', !!point);
    this.#read.textContent = point ? `${this.#format(point.value)} at ${clock(point.at)}` : '';
    if (!point) return;
    const x = String(WIDTH - ((this.#drawnAt - point.at) / SPAN_MS) * WIDTH);
    this.#mark.setAttribute('x1', x);
    this.#mark.setAttribute('x2', x);
  }
}
