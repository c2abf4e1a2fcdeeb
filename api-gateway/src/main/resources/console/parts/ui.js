/** Small things that every view shows. All text of the server goes in as text. */

import { html } from '../lib/preact.js';
import { between, duration, moment } from '../format.js';
import { to } from '../router.js';

const MARKS = {
  queued: ['…', 'waits'],
  processing: ['▶', 'runs'],
  running: ['▶', 'runs'],
  cancelling: ['◌', 'waits'],
  paused: ['‖', 'warns'],
  draining: ['‖', 'warns'],
  waiting: ['…', 'waits'],
  open: ['●', 'well'],
  working: ['●', 'well'],
  succeeded: ['✓', 'well'],
  failed: ['✕', 'bad'],
  expired: ['✕', 'bad'],
  rejected: ['✕', 'bad'],
  stopped: ['✕', 'bad'],
  aborted: ['⊘', 'quiet'],
  cancelled: ['⊘', 'quiet'],
  settled: ['✓', 'quiet'],
  dead: ['✕', 'bad'],
};

/** A state as a word with a sign: never by colour alone. */
export function Status({ word }) {
  const [mark, kind] = MARKS[word] || ['•', 'quiet'];
  return html`<span class=${`status ${kind}`}><span aria-hidden="true">${mark}</span> ${word}</span>`;
}

/** A time: in the zone of whoever looks, in UTC when pointed at. */
export function When({ at, ago = false }) {
  if (!at) {
    return html`<span class="quiet">–</span>`;
  }
  const past = between(at, new Date());
  const apart = past >= 0 ? `${duration(past)} ago` : `in ${duration(-past)}`;
  return html`<time datetime=${at} title=${at}>${ago ? apart : moment(at)}</time>`;
}

/** A state, and if an operator holds it so: since when, who, and why. */
export function Standing({ word, since, by, reason }) {
  return html`<div><${Status} word=${word} />
    ${since && html`<p class="small said">since <${When} at=${since} />${by && ` by ${by}`}${reason && `: ${reason}`}</p>`}</div>`;
}

/** What went wrong, in the words of the server; `what` says which part of the API that was. */
export function ProblemBox({ problem, what }) {
  const unserved = problem.unserved;
  return html`<div class="problem" role="alert">
    <p><strong>${unserved ? `This gateway does not serve ${what || problem.path}` : problem.title}</strong>${' '}
      <span class="quiet">${problem.status ? `(${problem.status})` : ''}</span></p>
    <p>${problem.message}${unserved ? ' The gateway is older than this part of the console, or the part is switched off.' : ''}</p>
    ${problem.errors.length > 0 && html`<ul>${problem.errors.map((error) => html`<li><code>${error.pointer}</code> ${error.detail}</li>`)}</ul>`}
    ${problem.requestId && html`<p class="quiet small">request_id ${problem.requestId}</p>`}
  </div>`;
}

/** Names with their values; without a value the name is left out. */
export function Facts({ of }) {
  const known = of.filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false);
  return html`<dl class="facts">${known.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A type's name, which may be broken at its dots. */
export function TypeName({ type }) {
  return (type || '–').split('.').map((part, place) => (place === 0 ? part : html`.<wbr />${part}`));
}

/** A button of a row: what it is about is heard, and seen in the row. */
export function RowButton({ verb, of, act }) {
  return html`<button type="button" onClick=${act}>${verb}<span class="unseen"> ${of}</span>${'\u00a0…'}</button>`;
}

export function JobLink({ id }) {
  return html`<a class="id" href=${to(['jobs', id])}>${id}</a>`;
}

/** An id whose middle is left out where there is no room; whole for whoever points at it or hears it. */
export function ShortJobLink({ id }) {
  const short = id.length > 20 ? `${id.slice(0, 9)}…${id.slice(-6)}` : id;
  return html`<a class="id short" href=${to(['jobs', id])} title=${id}><span aria-hidden="true">${short}</span><span class="unseen">${id}</span></a>`;
}

export function Head({ title, note, children }) {
  return html`<header class="head">
    <div><h1 tabindex="-1">${title}</h1>${note && html`<p class="quiet">${note}</p>`}</div>
    ${children && html`<div class="actions">${children}</div>`}
  </header>`;
}

/** What an error says: its title and detail. */
export function ErrorText({ error }) {
  return html`<div class="said"><strong>${error.title}</strong>${error.detail && html`<p>${error.detail}</p>`}
    ${error.pointer && html`<p class="quiet">at <code>${error.pointer}</code></p>`}</div>`;
}

export function Json({ value, label }) {
  return html`<pre class="json" tabindex="0" role="group" aria-label=${label}>${JSON.stringify(value, null, 2)}</pre>`;
}

export const Waiting = () => html`<p class="quiet">Asking …</p>`;
