/** The console: who looks, where, and whether what they see is live. */

import { html, render, useEffect, useErrorBoundary, useLayoutEffect, useRef, useState } from './lib/preact.js';
import { clock, duration } from './format.js';
import { start, stop, useLive } from './live/live.js';
import { Announcer } from './parts/announce.js';
import { Dialog } from './parts/dialog.js';
import { to, useRoute } from './router.js';
import { claims, onChange, signOut, takeHandedOver, token } from './session.js';
import { useNow } from './asking.js';
import { DeadRecord, DeadRecords } from './views/dead.js';
import { Job } from './views/job.js';
import { Jobs } from './views/jobs.js';
import { Overview } from './views/overview.js';
import { Queues } from './views/queues.js';
import { Replay, Replays } from './views/replays.js';
import { Schedule, Schedules } from './views/schedules.js';
import { SignIn } from './views/signin.js';
import { Wizard } from './views/wizard.js';
import { Workers } from './views/workers.js';

const PLACES = [
  ['overview', 'Overview'],
  ['jobs', 'Jobs'],
  ['queues', 'Queues'],
  ['workers', 'Workers'],
  ['schedules', 'Schedules'],
  ['replays', 'Replays'],
  ['dead', 'Dead records'],
];

function viewOf({ parts, query }) {
  const [place = 'overview', name] = parts;
  switch (place) {
    case 'overview': return html`<${Overview} />`;
    case 'jobs': return name ? html`<${Job} key=${name} id=${name} />` : html`<${Jobs} filter=${query} />`;
    case 'queues': return html`<${Queues} />`;
    case 'workers': return html`<${Workers} />`;
    case 'schedules': return name ? html`<${Schedule} key=${name} name=${name} />` : html`<${Schedules} />`;
    case 'replays':
      if (name === 'new') {
        return html`<${Wizard} key=${JSON.stringify(query)} given=${query} />`;
      }
      return name ? html`<${Replay} key=${name} id=${name} />` : html`<${Replays} />`;
    case 'dead': return name ? html`<${DeadRecord} key=${name} offset=${name} />` : html`<${DeadRecords} />`;
    default: return html`<h1 tabindex="-1">No such view</h1><p>The console has nothing at this address. Choose from the list above.</p>`;
  }
}

/** A view that fails says so, and leaves the rest of the page as it is. */
function Guarded({ route }) {
  const [failure, reset] = useErrorBoundary();
  const where = route.parts.join('/');
  useEffect(() => reset(), [where]);
  return failure
    ? html`<div class="problem" role="alert"><p><strong>This view failed</strong></p><p>${String(failure.message || failure)}</p>
        <button type="button" onClick=${reset}>Show it again</button></div>`
    : viewOf(route);
}

function LiveMark() {
  const live = useLive();
  const now = useNow();
  const since = clock(new Date(live.since));
  const words = {
    connecting: ['◌', 'waits', 'connecting', ''],
    live: ['●', 'well', 'live', ''],
    asking: ['◐', 'warns', `not live since ${since}`, 'no event stream here; asked every 2 s'],
    lost: ['○', 'bad', `not live since ${since}`, live.retryAt > now ? `again in ${duration(Math.ceil((live.retryAt - now) / 1000))}` : 'connecting'],
  };
  const [mark, kind, word, more] = words[live.state];
  return html`<div class="livemark"><span role="status" class=${`status ${kind}`}><span aria-hidden="true">${mark}</span> ${word}</span>
    ${more && html`<span class="quiet small">${more}</span>`}</div>`;
}

function Shell() {
  const route = useRoute();
  const main = useRef(null);
  const first = useRef(true);
  const place = route.parts[0] || 'overview';
  const where = route.parts.join('/');
  const who = claims();
  useEffect(() => {
    start();
    return stop;
  }, []);
  // With the view, not after it: the focus is not taken from somebody who types at once.
  useLayoutEffect(() => {
    const name = PLACES.find(([at]) => at === place)?.[1] || 'Console';
    document.title = `${route.parts[1] ? `${route.parts[1]} · ` : ''}${name} · Accepted console`;
    if (!first.current) {
      main.current.querySelector('h1')?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    first.current = false;
  }, [where]);
  return html`<a class="skip" href="#main" onClick=${(event) => {
    event.preventDefault();
    main.current.focus();
  }}>To the content</a>
    <header class="top">
      <a class="brand" href=${to(['overview'])}><img src="/console/icon.svg" alt="" width="20" height="20" /> Accepted</a>
      <${LiveMark} />
      <div class="who"><span class="quiet small wide">${who.sub || 'somebody'}</span>
        <button type="button" onClick=${() => signOut()}>Sign out</button></div>
    </header>
    <nav aria-label="Views"><ul>${PLACES.map(([at, name]) => html`<li key=${at}><a href=${to([at])} aria-current=${at === place ? 'page' : null}>${name}</a></li>`)}</ul></nav>
    <main id="main" ref=${main} tabindex="-1"><${Guarded} route=${route} /></main>
    <${Announcer} /><${Dialog} />`;
}

function App() {
  const [held, setHeld] = useState(token());
  useEffect(() => onChange(() => setHeld(token())), []);
  return held ? html`<${Shell} key=${held} />` : html`<${SignIn} />`;
}

takeHandedOver();
const root = document.getElementById('app');
root.replaceChildren();
render(html`<${App} />`, root);
