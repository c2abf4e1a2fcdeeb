/** Which view is shown: the address's fragment, so that every view has an address of its own. */

import { useEffect, useState } from './lib/preact.js';
import { takeHandedOver } from './session.js';

/** `#/jobs/job-1?status=failed` as its parts. */
export function read(hash = location.hash) {
  const [path, search = ''] = hash.replace(/^#\/?/, '').split('?');
  return {
    parts: path.split('/').filter(Boolean).map(decoded),
    query: Object.fromEntries(new URLSearchParams(search)),
  };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a view. */
export function to(parts, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given).toString();
  return `#/${parts.map(encodeURIComponent).join('/')}${search ? `?${search}` : ''}`;
}

export function go(parts, query) {
  location.hash = to(parts, query);
}

export function useRoute() {
  const [route, setRoute] = useState(read());
  useEffect(() => {
    const look = () => {
      takeHandedOver();
      setRoute(read());
    };
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  return route;
}
