/**
 * Who looks: a bearer token, kept for this tab alone. It travels in the Authorization header and nowhere else.
 */

const KEY = 'accepted.token';
const HANDED_OVER = /^#(?:.*&)?token=([^&]*)/;

const listeners = new Set();
let refusal = null;

function changed() {
  listeners.forEach((listener) => listener());
}

/** Takes a token out of the address's fragment, and the fragment out of the address, before anything else happens. */
export function takeHandedOver() {
  const found = HANDED_OVER.exec(location.hash);
  if (!found) {
    return false;
  }
  history.replaceState(null, '', `${location.pathname}#/overview`);
  signIn(decoded(found[1]));
  return true;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function token() {
  return sessionStorage.getItem(KEY);
}

/** What the server said when it refused the last token; null if it did not. */
export function refused() {
  return refusal;
}

export function signIn(given) {
  refusal = null;
  sessionStorage.setItem(KEY, given.trim().replace(/^Bearer\s+/i, ''));
  changed();
}

/** @param problem why, if it was the server that wanted it */
export function signOut(problem = null) {
  refusal = problem;
  sessionStorage.removeItem(KEY);
  changed();
}

export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What the token says of itself, for showing; the gateway alone judges it. */
export function claims() {
  try {
    const part = token().split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(part), (character) => character.charCodeAt(0));
    const read = JSON.parse(new TextDecoder().decode(bytes));
    return read && typeof read === 'object' ? read : {};
  } catch {
    return {};
  }
}
