/** A request that the server, or the way to it, refused. */
export class RequestError extends Error {
  /** @param {{code: string, message?: string, temporary?: boolean, retryAfterMs?: number}} error */
  constructor({ code, message, temporary = false, retryAfterMs }) {
    super(message ?? code);
    this.code = code;
    /** Whether the same request may succeed later. */
    this.temporary = temporary;
    this.retryAfterMs = retryAfterMs;
  }
}

/** What a request without an answer fails with: its outcome is unknown, so it may be sent again with its key. */
export const disconnected = () => new RequestError({ code: 'disconnected', message: 'no connection', temporary: true });

/**
 * One call of the REST API.
 *
 * @param {string} method
 * @param {string} path
 * @param {{body?: object, token?: string, key?: string, signal?: AbortSignal}} [options] key: the same key is the
 *     same call; signal: ends the wait for an answer
 * @returns {Promise<any>} the answer's JSON, or null where it has none
 * @throws {RequestError}
 */
export async function call(method, path, { body, token, key, signal } = {}) {
  /** @type {Record<string, string>} */
  const headers = {};
  if (body) headers['Content-Type'] = 'application/json';
  if (token) headers.Authorization = `Bearer ${token}`;
  if (key) headers['Idempotency-Key'] = key;
  const response = await fetch(path, { method, headers, signal, body: body && JSON.stringify(body) }).catch(() => {
    throw disconnected();
  });
  const answer = await response.json().catch(() => null);
  if (signal?.aborted) throw disconnected();
  if (response.ok) return answer;
  throw new RequestError({
    code: answer?.code ?? `http_${response.status}`,
    message: answer?.detail ?? answer?.title ?? response.statusText,
    temporary: response.status === 429 || response.status >= 500,
    retryAfterMs: answer?.retryAfterMs ?? retryAfterMs(response),
  });
}

/** For how long the servers ask to be left alone, in ms; undefined when they don't. */
export async function busyForMs() {
  try {
    const response = await fetch('/v1/status', { cache: 'no-store' });
    return response.status === 503 ? retryAfterMs(response) : undefined;
  } catch {
    return undefined;
  }
}

/** @param {Response} response */
function retryAfterMs(response) {
  const seconds = Number(response.headers.get('Retry-After') ?? NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}
