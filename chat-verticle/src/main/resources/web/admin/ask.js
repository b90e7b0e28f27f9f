import { byId } from '../dom.js';
import { meaning } from './access.js';

/**
 * Asks before something is done, and does it. The dialog stays open until it is done, or says why it was not.
 *
 * @param {string} title
 * @param {string} text what it means
 * @param {string} button
 * @param {() => Promise<void>} deed
 */
export function ask(title, text, button, deed) {
  const dialog = byId('ask');
  const error = dialog.querySelector('.error');
  const doIt = byId('askDo');
  byId('askTitle').textContent = title;
  byId('askText').textContent = text;
  doIt.textContent = button;
  doIt.disabled = false;
  error.textContent = '';
  byId('askCancel').onclick = () => dialog.close();
  dialog.querySelector('form').onsubmit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    doIt.disabled = true;
    error.textContent = '';
    try {
      await deed();
      dialog.close();
    } catch (e) {
      error.textContent = meaning(e) === 'lost' ? `It may or may not have been done: ${e.message}.` : e.message;
    }
    doIt.disabled = false;
  };
  dialog.showModal();
  byId('askCancel').focus(); // Enter alone does no harm
}
