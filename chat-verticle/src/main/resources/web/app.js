import { Account } from './account.js';
import { Chat } from './chat.js';
import { byId, el, fill, time } from './dom.js';
import { Messages } from './messages.js';
import { newDirect, newRoom, showPeople } from './people.js';

const NOTICE_MS = 6_000;
const MORE_HISTORY_PX = 400; // above what is seen, before more is read
const CONNECTION = { connecting: 'Connecting…', waiting: 'No connection. Trying again…' };

const account = new Account();
if (account.user) start();
else showDoor();

/** Sign up or log in. @param {string} [why] */
function showDoor(why = '') {
  const form = byId('login');
  const error = form.querySelector('.error');
  error.textContent = why;
  byId('door').hidden = false;
  form.onsubmit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const { name, password } = Object.fromEntries(new FormData(form));
    const way = /** @type {HTMLButtonElement | null} */ (event.submitter)?.value === 'signUp' ? 'signUp' : 'logIn';
    try {
      await account[way](String(name), String(password));
      byId('door').hidden = true;
      start();
    } catch (e) {
      error.textContent = e.message;
    }
  };
}

/** Connects, and draws whatever changes. */
function start() {
  let planned = false;
  let showConnection = () => {};
  /** The message that the text field edits. @type {import('./log.js').Entry | null} */
  let edited = null;

  const chat = new Chat(account, {
    changed() {
      if (!planned) requestAnimationFrame(draw);
      planned = true;
    },
    said: (message) => (byId('heard').textContent = `${message.from}: ${message.body}`),
    notice,
    state(state, { why, logIn } = {}) {
      if (logIn) account.forget();
      const text = CONNECTION[/** @type {'connecting'} */ (state)] ?? why ?? '';
      showConnection = () => status(text, state === 'stopped' ? 'Reload' : '');
      showConnection();
    },
  });
  const messages = new Messages(byId('messages'), chat.user, {
    react: (message, emoji) => chat.react(message, emoji),
    edit,
    delete: (message) => confirm('Delete this message for everybody?') && chat.delete(message),
    retry: (item) => chat.outbox.retry(item),
    discard: (item) => chat.outbox.discard(item),
  });

  /** @param {string} text @param {string} [button] reloads the page */
  function status(text, button) {
    byId('status').hidden = !text;
    byId('status').replaceChildren(text, ' ', button ? el('button', { onclick: () => location.reload() }, button) : '');
  }

  /** Says something for a while. @param {string} text */
  function notice(text) {
    status(text);
    setTimeout(() => showConnection(), NOTICE_MS);
  }

  function draw() {
    planned = false;
    const all = [...chat.conversations.values()].sort((a, b) => b.row.at - a.row.at);
    const unread = all.reduce((sum, { row }) => sum + row.unread, 0);
    document.title = unread ? `(${unread}) Hubbub` : 'Hubbub';
    const focused = document.activeElement?.getAttribute('href');
    byId('conversations').replaceChildren(...all.map(drawRow));
    if (focused && document.activeElement === document.body) /** @type {HTMLElement | null} */ (document.querySelector(`[href="${focused}"]`))?.focus();
    const { current } = chat;
    byId('chat').classList.toggle('open', !!current);
    byId('conversation').hidden = !current;
    byId('empty').hidden = !!current;
    if (current) drawConversation(current);
  }

  /** @param {import('./conversation.js').Conversation} conversation */
  function drawRow({ id, title, row, last }) {
    const link = el('a', { href: `#${id}` }, el('b', {}, title), time(row.at),
      el('span', { className: 'last' }, last ? (last.deleted ? 'deleted' : `${last.from}: ${last.body}`) : ''),
      row.unread > 0 && el('span', { className: 'unread', 'aria-label': `${row.unread} unread` }, String(row.unread)));
    if (id === chat.current?.id) link.setAttribute('aria-current', 'true');
    return el('li', {}, link);
  }

  /** @param {import('./conversation.js').Conversation} current */
  function drawConversation(current) {
    byId('title').textContent = current.title;
    byId('people').hidden = current.row.kind !== 'room';
    messages.draw(current.log, chat.outbox.messages(current.id));
    const { typists, readers, last } = current;
    const seen = last ? [...readers].filter(([user, upTo]) => upTo >= last.seq && user !== last.from).map(([user]) => user) : [];
    byId('passing').textContent = typists.length > 0 ? `${typists.join(', ')} typing…` : seen.length > 0 ? `Seen by ${seen.join(', ')}` : '';
    more();
    if (messages.atEnd && !document.hidden) chat.markRead();
  }

  /** Reads history when the user comes near the top of what is here. */
  function more() {
    if (chat.current && byId('messages').scrollTop < MORE_HISTORY_PX) chat.loadOlder(chat.current);
  }

  /** Opens what the address names, so that the browser's back button works and a reload stays. */
  function follow() {
    const id = decodeURIComponent(location.hash.slice(1));
    fill(byId('messages'), []);
    edit(null);
    chat.open(id || null);
    if (id && matchMedia('(pointer: fine)').matches) setTimeout(() => byId('text').focus());
  }

  /** @param {import('./log.js').Entry | null} message */
  function edit(message) {
    if (edited || message) byId('text').value = message?.body ?? '';
    edited = message;
    byId('editing').hidden = !message;
    if (message) byId('text').focus();
  }

  function submit() {
    const text = byId('text').value;
    const bytes = new TextEncoder().encode(text).length;
    if (!text.trim()) return;
    if (bytes > (chat.limits.bodyBytes ?? Infinity)) return notice(`Too long: ${bytes} of at most ${chat.limits.bodyBytes} bytes.`);
    if (edited) chat.edit(edited, text);
    else chat.send(text);
    edit(null);
    byId('text').value = '';
    byId('messages').scrollTop = byId('messages').scrollHeight;
  }

  byId('compose').onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    submit();
  };
  byId('text').onkeydown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Escape') edit(null);
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  };
  byId('text').oninput = () => chat.typing();
  byId('editing').querySelector('button').onclick = () => edit(null);
  byId('messages').onscroll = () => {
    more();
    if (messages.atEnd) chat.markRead();
  };
  byId('newRoom').onclick = () => newRoom(chat);
  byId('newDirect').onclick = () => newDirect(chat);
  byId('people').onclick = () => chat.current && showPeople(chat, chat.current);
  byId('logout').onclick = () => account.logOut().then(() => location.reload());
  addEventListener('hashchange', follow);
  document.addEventListener('visibilitychange', () => chat.screen.changed());

  byId('me').textContent = chat.user;
  byId('chat').hidden = false;
  follow();
  chat.connection.connect();
}
