/** Figures as people read them. Pure. */

const WHOLE = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const DAY_AND_CLOCK = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
const NONE = '–';

/** @param {number | undefined} value */
export const count = (value) => (value === undefined ? NONE : WHOLE.format(value));

/** @param {number | undefined} value */
export function bytes(value) {
  if (value === undefined) return NONE;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${(value < 10 && unit > 0 ? SHORT : WHOLE).format(value)} ${UNITS[unit]}`;
}

/** @param {number | undefined} value */
export const bytesPerSecond = (value) => (value === undefined ? NONE : `${bytes(value)}/s`);

/** @param {number | undefined} permille */
export const percent = (permille) => (permille === undefined ? NONE : `${WHOLE.format(permille / 10)} %`);

/** A span, as exactly as matters. @param {number | undefined} ms */
export function span(ms) {
  if (ms === undefined) return NONE;
  if (ms < 1_000) return `${WHOLE.format(Math.max(0, ms))} ms`;
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** How long ago, to the second at best. @param {number} at epoch ms */
export const since = (at) => span(Math.max(1_000, Date.now() - at));

/** @param {number} at epoch ms */
export const clock = (at) => CLOCK.format(at);

/** @param {number} at epoch ms */
export const moment = (at) => (new Date(at).toDateString() === new Date().toDateString() ? CLOCK : DAY_AND_CLOCK).format(at);

/** @param {number} number @param {string} one @param {string} [many] */
export const several = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;

/** A node's name, without what is new at each start. @param {string} id */
export const nodeName = (id) => id.replace(/~[^~]*$/, '');

/** @param {string[]} words */
export const list = (words) => new Intl.ListFormat('en').format(words);
