/**
 * What the server answers to administrators, as openapi.json has it. Types only: no browser loads this file.
 *
 * @typedef {'online' | 'away' | 'busy' | 'invisible' | 'offline'} Status
 *
 * @typedef {object} Node
 * @property {string} id
 * @property {string} name
 * @property {boolean} inView
 * @property {boolean} answers
 * @property {string[]} [roles]
 * @property {boolean} [draining]
 * @property {{history: number, presence: number}} [slots]
 * @property {Record<string, number>} [figures]
 * @property {Record<string, string>} [problems]
 * @property {number} [goneAt] not the server's: since when, epoch ms, this page has missed it
 *
 * @typedef {{self: string, contested: boolean, nodes: Node[]}} Nodes
 *
 * @typedef {object} Session
 * @property {string} id
 * @property {string} node
 * @property {string} [device]
 * @property {string} address
 * @property {number} since epoch ms
 * @property {boolean} idle
 * @property {boolean} held
 * @property {number} [heardMillis]
 * @property {number} [endedMillis]
 * @property {number} [sentBytes]
 * @property {number} [waitingBytes]
 * @property {number} [behind]
 * @property {number} [silentMillis]
 *
 * @typedef {Session & {user: string}} EdgeSession
 *
 * @typedef {object} User
 * @property {string} user
 * @property {Status} status
 * @property {boolean} [known] whether the user's home has answered; if not, status says nothing
 * @property {Status} [chosen]
 * @property {number} [chosenAt] epoch ms
 * @property {number} [lastSeen] epoch ms
 * @property {string} [home]
 * @property {Session[]} sessions
 * @property {string[]} [silent]
 *
 * @typedef {{users: User[], page?: string, silent: string[]}} UserPage
 *
 * @typedef {{user: string, status: Status, lastSeen?: number}} Change
 * @typedef {{online: number, away: number, busy: number, invisible: number, silent: string[]}} Counts
 *
 * @typedef {{number: number, at: number, by: string, address: string, action: string, target: string}} Action
 * @typedef {{actions: Action[], more: boolean}} AuditPage
 */
export {};
