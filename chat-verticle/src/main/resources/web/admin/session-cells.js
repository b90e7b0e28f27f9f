import { el } from '../dom.js';
import { bytes, count, nodeName, span } from './format.js';

/** Columns that say which session it is and what it costs, wherever sessions are listed. */

/** @typedef {import('./answers.js').Session} Session */
/** @typedef {import('./table.js').Column<any>} Column */

/** @type {Column} */
export const NODE = { label: 'Node', make: () => el('span'), text: (/** @type {Session} */ { node }) => nodeName(node), show: (cell, { node }) => (cell.title = node) };
/** @type {Column} */
export const DEVICE = { label: 'Device', text: (/** @type {Session} */ { device }) => device ?? '–' };
/** @type {Column} */
export const ADDRESS = { label: 'Address', text: (/** @type {Session} */ { address }) => address };
/** @type {Column} */
export const HEARD = { label: 'Last heard', className: 'number', text: (/** @type {Session} */ { silentMillis }) => (silentMillis === undefined ? '–' : `${span(Math.max(1_000, silentMillis))} ago`) };
/** @type {Column} */
export const SENT = { label: 'Sent', className: 'number', text: (/** @type {Session} */ { sentBytes }) => bytes(sentBytes) };
/** @type {Column} */
export const WAITING = { label: 'Unread', className: 'number', text: (/** @type {Session} */ { waitingBytes }) => bytes(waitingBytes) };
/** @type {Column} */
export const BEHIND = { label: 'Behind in', className: 'number', text: (/** @type {Session} */ { behind }) => (behind === undefined ? '–' : count(behind)) };

/** A link to a user's page. @param {string} [label] @returns {Column} */
export const userLink = (label = 'User') => ({
  label,
  make: (row) => el('a', {}, row().user),
  show: (/** @type {any} */ link, { user }) => (link.href = `#/user/${encodeURIComponent(user)}`),
});
