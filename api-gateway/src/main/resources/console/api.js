/** Asks the gateway that served this page: the HTTP API, nothing else. */

import { signOut, token } from './session.js';

/** A refusal, in the server's words where it had any. Status 0: nobody answered. */
export class Problem extends Error {
  constructor(status, document, path) {
    super(document.detail || document.title || `The answer was ${status}.`);
    this.status = status;
    this.title = document.title || `Status ${status}`;
    this.slug = String(document.type || 'about:blank').split('/').pop();
    this.errors = Array.isArray(document.errors) ? document.errors : [];
    this.requestId = document.request_id;
    this.path = path;
  }

  /** Whether there is no such route here, rather than nothing under a name. */
  get unserved() {
    return this.status === 404 && this.slug === 'about:blank' && this.message.includes('Nothing is served');
  }
}

/** A path with its query; what is empty is left out, lists are joined by commas. */
export function address(path, query = {}) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const text = Array.isArray(value) ? value.join(',') : value;
    if (text !== undefined && text !== null && text !== '') {
      search.append(name, text);
    }
  }
  const text = search.toString();
  return text ? `${path}${path.includes('?') ? '&' : '?'}${text}` : path;
}

/** A segment of a path. */
export const segment = encodeURIComponent;

async function documentOf(answer) {
  try {
    const read = await answer.json();
    return read && typeof read === 'object' ? read : {};
  } catch {
    return {};
  }
}

/** Sends a request and gives the answer as it is; throws a Problem unless it succeeded. */
export async function ask(method, path, { query, body, signal, accept = 'application/json' } = {}) {
  const headers = { Accept: accept };
  if (token()) {
    headers.Authorization = `Bearer ${token()}`;
  }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  let answer;
  try {
    answer = await fetch(address(path, query), {
      method,
      headers,
      signal,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
      credentials: 'omit',
    });
  } catch (failure) {
    if (signal?.aborted) {
      throw failure;
    }
    throw new Problem(0, { title: 'No answer', detail: 'The gateway could not be reached. Nothing is known of what became of the request; look before you repeat it.' }, path);
  }
  if (!answer.ok) {
    const problem = new Problem(answer.status, await documentOf(answer), path);
    if (answer.status === 401 || (answer.status === 403 && path.startsWith('/operations/'))) {
      signOut(problem);
    }
    throw problem;
  }
  return answer;
}

async function json(answer) {
  return answer.status === 204 ? null : answer.json();
}

export async function get(path, query, signal) {
  return json(await ask('GET', path, { query, signal }));
}

export async function post(path, body, query) {
  return json(await ask('POST', path, { query, body }));
}

export async function put(path, query, body) {
  return json(await ask('PUT', path, { query, body }));
}

export async function remove(path, query) {
  return json(await ask('DELETE', path, { query }));
}

/** One page of a list; `next` is the path of the page after it, if there is one. */
export async function page(path, query, signal) {
  const answer = await ask('GET', path, { query, signal });
  const body = await answer.json();
  const link = /<([^>]+)>\s*;[^,]*rel="?next"?/.exec(answer.headers.get('Link') || '');
  const next = body.next || (link && link[1]) || null;
  return { items: body.items || [], next: next && own(next) };
}

/** The path of an address of this server; whatever else a list may say is not followed. */
function own(next) {
  const url = new URL(next, location.origin);
  return url.origin === location.origin ? url.pathname + url.search : null;
}
