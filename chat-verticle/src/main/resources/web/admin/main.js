import { Backoff } from '../comeback.js';
import { byId } from '../dom.js';
import { Access, meaning } from './access.js';
import { startDashboard } from './dashboard.js';

/** The way in: nothing is shown before the server has taken the token for an administrator's. */

const access = new Access();
const backoff = new Backoff(1_000, 15_000);

byId('login').onsubmit = async (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  const { name, password } = Object.fromEntries(new FormData(byId('login')));
  try {
    await access.logIn(String(name), String(password));
    enter();
  } catch (error) {
    meaning(error);
    byId('why').textContent = error.message;
  }
};
byId('paste').onsubmit = (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  const { token } = Object.fromEntries(new FormData(byId('paste')));
  if (access.paste(String(token).trim())) enter();
  else byId('why').textContent = 'That is not a token.';
  byId('paste').reset();
};
byId('another').onclick = () => access.logOut().then(() => showOnly('door'));
enter();

async function enter() {
  if (!access.user) return showOnly('door');
  try {
    await access.call('GET', '/v1/admin/nodes');
    showOnly(null);
    startDashboard(access);
  } catch (error) {
    const what = meaning(error);
    if (what === 'denied') return showOnly('denied');
    if (what === 'over') {
      access.forget();
      byId('why').textContent = error.code === 'token_expired' ? 'The token’s time is over. Please sign in again.' : 'Please sign in again: the server no longer accepts the token.';
      return showOnly('door');
    }
    byId('waiting').firstElementChild.textContent = `The server does not answer (${error.message}). Trying again…`;
    showOnly('waiting');
    setTimeout(enter, error.retryAfterMs ?? backoff.next());
  }
}

/** @param {string | null} which */
function showOnly(which) {
  for (const id of ['door', 'denied', 'waiting']) byId(id).hidden = id !== which;
}
