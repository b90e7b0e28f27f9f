import { el } from '../dom.js';
import { setText } from './table.js';

/**
 * A word with a mark of its colour and form; the word alone says all.
 *
 * @param {HTMLElement} badge
 * @param {string} kind `good`, `warn`, `bad`, `none`, or a status
 * @param {string} text
 */
export function showBadge(badge, kind, text) {
  badge.dataset.kind = kind;
  setText(badge, text);
}

export const newBadge = () => el('span', { className: 'badge' });
