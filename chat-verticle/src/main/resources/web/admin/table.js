import { el, fill } from '../dom.js';

/**
 * What a column shows of each row: a text, or an element that is made once for the row and kept up to date, so that
 * buttons keep their focus while figures change.
 *
 * @template Row
 * @typedef {object} Column
 * @property {string} label
 * @property {string} [className] of its cells
 * @property {(row: Row) => string} [text]
 * @property {(row: () => Row) => HTMLElement} [make] given how to get what the row is at any time
 * @property {(element: HTMLElement, row: Row) => void} [show]
 */

/**
 * A table whose rows keep their place and their elements. Where there is no room for it CSS makes a card of each row,
 * so the roles are said, and each cell knows its label.
 *
 * @template Row
 */
export class Table {
  #columns;
  #key;
  #body = el('tbody', { role: 'rowgroup' });
  /** @type {Map<string, {row: Row, element: HTMLElement, show: ((row: Row) => void)[]}>} */
  #lines = new Map();

  /**
   * @param {HTMLTableElement} table
   * @param {Column<Row>[]} columns
   * @param {(row: Row) => string} key
   * @param {number} [roomRem] how wide the screen must be for a table
   */
  constructor(table, columns, key, roomRem = 48) {
    this.#columns = columns;
    this.#key = key;
    const heads = columns.map(({ label, className = '' }) => el('th', { scope: 'col', role: 'columnheader', className }, label));
    table.role = 'table';
    table.replaceChildren(el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, ...heads)), this.#body);
    const narrow = matchMedia(`(max-width: ${roomRem}rem)`);
    const fit = () => table.classList.toggle('cards', narrow.matches);
    narrow.onchange = fit;
    fit();
  }

  /** @param {Row[]} rows */
  draw(rows) {
    const lines = new Map();
    for (const row of rows) {
      const key = this.#key(row);
      const line = this.#lines.get(key) ?? this.#make(row);
      line.row = row;
      for (const show of line.show) show(row);
      lines.set(key, line);
    }
    this.#lines = lines;
    fill(this.#body, [...lines.values()].map(({ element }) => element));
  }

  /** @param {Row} row */
  #make(row) {
    const element = el('tr', { role: 'row' });
    const line = { row, element, show: /** @type {((row: Row) => void)[]} */ ([]) };
    this.#columns.forEach(({ label, className = '', text, make, show }, index) => {
      const inner = make?.(() => line.row);
      const head = index === 0;
      const cell = el(head ? 'th' : 'td', { role: head ? 'rowheader' : 'cell', className, 'data-label': label }, inner);
      if (head) cell.setAttribute('scope', 'row');
      element.append(cell);
      if (text) line.show.push((now) => setText(inner ?? cell, text(now)));
      if (inner && show) line.show.push((now) => show(inner, now));
    });
    return line;
  }
}

/** Sets a text where it differs, so that what is selected stays so. @param {Element} element @param {string} text */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
