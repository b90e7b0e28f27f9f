import { list, moment, nodeName, several, span } from './format.js';

/** @typedef {import('./answers.js').User} User */
/** @typedef {import('./answers.js').Session} Session */

/**
 * What a session is: `held` by its node; `ended`, and counted until the grace is over; at a node that is `unheard`,
 * so nobody knows; or a `ghost`, which no node holds. Pure.
 *
 * @param {Session} session
 * @param {string[]} silent
 * @returns {'held' | 'ended' | 'unheard' | 'ghost'}
 */
export function kindOf({ held, endedMillis, node }, silent) {
  if (held) return 'held';
  if (endedMillis !== undefined) return 'ended';
  return silent.includes(node) ? 'unheard' : 'ghost';
}

const UNKNOWN = 'The home of this user does not answer: how others see the user is not known. The sessions are those that nodes hold.';

/** Why a user is shown as he is, in sentences. Pure. @param {User} user */
export function why({ status, known = true, chosen, sessions, lastSeen, silent = [] }) {
  const of = (/** @type {string} */ kind) => sessions.filter((session) => kindOf(session, silent) === kind);
  const [held, ended, unheard, ghosts] = ['held', 'ended', 'unheard', 'ghost'].map(of);
  const sentences = [known ? summary(status, chosen, sessions, held) : UNKNOWN];
  if (sessions.length === 0 && lastSeen) sentences.push(`Last seen ${moment(lastSeen)}.`);
  if (ended.length > 0) {
    const ago = span(Math.min(...ended.map(({ endedMillis = 0 }) => endedMillis)));
    sentences.push(`${several(ended.length, 'session')} ended, the latest ${ago} ago, and ${ended.length === 1 ? 'counts' : 'count'} until the grace is over.`);
  }
  if (unheard.length > 0) {
    sentences.push(`${several(unheard.length, 'session')} at ${list([...new Set(unheard.map(({ node }) => nodeName(node)))])}, which does not answer: nobody knows whether ${unheard.length === 1 ? 'it is' : 'they are'} still there. “End all sessions” takes ${unheard.length === 1 ? 'it' : 'them'} for over.`);
  }
  if (ghosts.length > 0) {
    sentences.push(`${several(ghosts.length, 'ghost')}: asked just now, no node holds ${ghosts.length === 1 ? 'it' : 'them'}. That mends itself within seconds.`);
  }
  const deaf = silent.filter((node) => !unheard.some((session) => session.node === node));
  if (deaf.length > 0) sentences.push(`No answer from ${list(deaf.map(nodeName))}: what is known there alone is missing.`);
  return sentences;
}

/** @param {User['status']} status @param {User['status'] | undefined} chosen @param {Session[]} sessions @param {Session[]} held */
function summary(status, chosen, sessions, held) {
  if (sessions.length === 0) return 'Offline: there is no session.';
  if (status === 'offline') return 'Offline, though there are sessions: none of them counts any more.';
  const by = held.length === 1 ? '1 session is held by its node' : `${several(held.length, 'session')} are held by their nodes`;
  if (status === 'invisible') return `Invisible by choice: others see “offline”; ${by}.`;
  const choice = chosen === status && status !== 'online' ? ', by choice' : status === 'away' ? ', as every session is idle' : '';
  return held.length > 0 ? `Shown as ${status}${choice}: ${by}.` : `Shown as ${status}${choice}, though no node holds a session now.`;
}
