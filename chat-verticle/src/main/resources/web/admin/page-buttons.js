import { el } from '../dom.js';

/** Buttons through a list that is read page by page. The server knows the next page only, so the way back is kept. */
export class PageButtons {
  #first;
  #back = el('button', { type: 'button', className: 'quiet' });
  #next = el('button', { type: 'button', className: 'quiet' });
  #text = el('span', { className: 'note' });
  /** Where each page up to this one begins. */
  #places;
  /** @type {string | undefined} */
  #after;

  /** @param {HTMLElement} element @param {() => void} turned @param {{back: string, next: string}} words @param {string} [first] */
  constructor(element, turned, { back, next }, first = '') {
    this.#first = first;
    this.#places = [first];
    this.#back.textContent = back;
    this.#next.textContent = next;
    this.#back.onclick = () => {
      this.#places.pop();
      turned();
    };
    this.#next.onclick = () => {
      if (this.#after === undefined) return;
      this.#places.push(this.#after);
      this.#after = undefined;
      turned();
    };
    element.append(this.#back, this.#text, this.#next);
    this.draw(undefined);
  }

  /** Where the page that is shown begins. */
  get place() {
    return this.#places.at(-1) ?? this.#first;
  }

  get number() {
    return this.#places.length;
  }

  /** Back to the first page. */
  reset() {
    this.#places = [this.#first];
    this.#after = undefined;
  }

  /** @param {string | undefined} after where the next page begins, if there is one */
  draw(after) {
    this.#after = after;
    this.#back.disabled = this.#places.length === 1;
    this.#next.disabled = after === undefined;
    this.#text.textContent = `Page ${this.number}`;
    const element = this.#text.parentElement;
    if (element) element.hidden = this.number === 1 && after === undefined;
  }
}
