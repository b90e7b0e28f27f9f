import { byId, el } from './dom.js';
import { newKey } from './outbox.js';

/** The dialogs that make conversations and say who is in them. All of it goes over REST; the socket tells the outcome. */

/** @typedef {import('./chat.js').Chat} Chat */

/**
 * @param {string} title
 * @param {Node[]} fields
 * @param {string} done label of the button
 * @param {(values: Record<string, string>) => Promise<any>} submit closes the dialog when it succeeds
 */
function ask(title, fields, done, submit) {
  const dialog = byId('dialog');
  const form = dialog.querySelector('form');
  const error = dialog.querySelector('.error');
  byId('dialogTitle').textContent = title;
  byId('dialogFields').replaceChildren(...fields);
  byId('dialogDone').textContent = done;
  byId('dialogClose').onclick = () => dialog.close();
  error.textContent = '';
  form.onsubmit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    byId('dialogDone').disabled = true;
    await submit(/** @type {any} */ (Object.fromEntries(new FormData(form)))).then(() => dialog.close(), (e) => (error.textContent = e.code === 'not_found' ? 'There is nobody of that name.' : e.message));
    byId('dialogDone').disabled = false;
  };
  if (!dialog.open) dialog.showModal();
}

const field = (/** @type {string} */ label, /** @type {Record<string, any>} */ properties) => el('label', {}, label, ' ', el('input', { autocomplete: 'off', ...properties }));
const userField = (/** @type {string} */ label, more = {}) => field(label, { autocapitalize: 'none', spellcheck: false, ...more });
const usersOf = (/** @type {string} */ text) => text.split(/[\s,]+/).filter(Boolean);

/** @param {Chat} chat */
export function newRoom(chat) {
  const key = newKey(); // however often the button is pressed: one room
  const fields = [field('Name', { name: 'name', required: true }), userField('People, separated by spaces', { name: 'users' })];
  ask('New room', fields, 'Create', async ({ name, users }) => {
    const { id } = await chat.account.call('POST', '/v1/rooms', { key, body: { name, users: usersOf(users) } });
    location.hash = id;
  });
}

/** @param {Chat} chat */
export function newDirect(chat) {
  ask('New direct chat', [userField('With', { name: 'user', required: true })], 'Begin', async ({ user }) => {
    const { id } = await chat.account.call('POST', '/v1/direct', { body: { user: user.trim() } });
    location.hash = id;
  });
}

/** Who is in a room, with what this user may do about it. @param {Chat} chat @param {import('./conversation.js').Conversation} room */
export async function showPeople(chat, room) {
  const path = `/v1/rooms/${room.id}/members`;
  const list = el('ul', { className: 'people' });
  const fields = [list, userField('Add people, separated by spaces', { name: 'users', required: true })];
  ask(room.title, fields, 'Add', ({ users }) => chat.account.call('POST', path, { body: { users: usersOf(users) } }));
  const failed = (/** @type {Error} */ error) => (byId('dialog').querySelector('.error').textContent = error.message);
  try {
    const { members, more } = await chat.account.call('GET', path);
    const owner = members.some(({ user, role }) => user === chat.user && role === 'owner');
    for (const { user, role } of members) {
      const me = user === chat.user;
      const remove = () => {
        if (!confirm(me ? 'Leave this room?' : `Remove ${user}?`)) return;
        const gone = chat.account.call('DELETE', `${path}/${encodeURIComponent(user)}`);
        gone.then(() => (me ? byId('dialog').close() : showPeople(chat, room)), failed);
      };
      const button = el('button', { type: 'button', className: 'quiet', onclick: remove }, me ? 'Leave' : 'Remove');
      list.append(el('li', {}, user, role === 'owner' && ' (owner)', (me || owner) && button));
    }
    if (more) list.append(el('li', {}, '…'));
  } catch (error) {
    failed(error);
  }
}
