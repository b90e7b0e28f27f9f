/**
 * An element with its properties and content; text is only ever set as text.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [properties] DOM properties; those with a dash are set as attributes
 * @param {...(Node | string | null | false | undefined)} content
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, properties = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes('-')) element.setAttribute(name, value);
    else /** @type {any} */ (element)[name] = value;
  }
  element.append(...content.filter((part) => part !== null && part !== undefined && part !== false));
  return element;
}

/** The element of the page with an id. @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);

/** Makes these the children of a list, touching only what differs, so that focus and scroll position stay. @param {Element} list @param {Element[]} children */
export function fill(list, children) {
  const kept = new Set(children);
  for (const child of [...list.children]) if (!kept.has(child)) child.remove();
  let place = list.firstElementChild;
  for (const child of children) {
    if (child === place) place = place.nextElementSibling;
    else list.insertBefore(child, place);
  }
}

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const DAY_AND_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** A moment, as short as it can be today. @param {number} at epoch ms */
export function time(at) {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  return el('time', { dateTime: date.toISOString(), title: date.toLocaleString() }, (today ? TIME : DAY_AND_TIME).format(date));
}
