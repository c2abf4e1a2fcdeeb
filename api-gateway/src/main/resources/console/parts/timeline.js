/** A job's life as a picture: a row an attempt, how long it waited and ran, and what else happened. */

import { html } from '../lib/preact.js';
import { between, duration, moment } from '../format.js';

const ROW = 36;
const TOP = 26;
const ENDS = new Set(['succeeded', 'failed', 'cancelled', 'rejected', 'expired', 'attempt-failed', 'attempt-lost', 'held-back', 'handed-back']);
const WELL = new Set(['succeeded']);
const QUIET = new Set(['cancelled', 'held-back', 'handed-back']);

const millis = (text) => new Date(text).getTime();

/**
 * What is to be drawn, out of a timeline's entries.
 *
 * @returns {{start, end, bars: [{attempt, worker, waited, from, to, outcome}], marks: [{event, at, attempt, reason}]}} times
 *     in milliseconds; an attempt that never began has no `from`
 */
export function drawn(entries, now) {
  const start = millis(entries[0].time);
  const bars = [];
  const marks = [];
  let free = start;
  for (const entry of entries) {
    const at = millis(entry.time);
    if (entry.event === 'started') {
      bars.push({ attempt: entry.attempt, worker: entry.worker, waited: free, from: at, to: now, outcome: 'running' });
    } else if (entry.attempt && ENDS.has(entry.event)) {
      const from = entry.started_at ? millis(entry.started_at) : undefined;
      bars.push({ attempt: entry.attempt, worker: entry.worker, waited: free, from, to: at, outcome: entry.event });
      free = at;
    } else {
      marks.push({ event: entry.event, at, attempt: entry.attempt, reason: entry.reason });
    }
  }
  const last = Math.max(...entries.map((entry) => millis(entry.time)), ...bars.map((bar) => bar.to));
  return { start, end: Math.max(last, start + 1), bars, marks };
}

function kindOf(outcome) {
  if (outcome === 'running') {
    return 'runs';
  }
  return WELL.has(outcome) ? 'well' : QUIET.has(outcome) ? 'quiet' : 'bad';
}

function Bar({ bar, place, x }) {
  const y = TOP + place * ROW;
  const begun = bar.from ?? bar.to;
  const length = duration((bar.to - bar.from) / 1000);
  const ran = bar.from === undefined ? 'did not begin' : `${bar.outcome === 'running' ? 'for' : 'ran'} ${length}`;
  const wait = x(begun) - x(bar.waited);
  return html`<g>
    <text x="0" y=${y + 12}>${`attempt ${bar.attempt}: ${bar.outcome.replace('attempt-', '')}, ${ran}${bar.worker ? `, ${bar.worker}` : ''}`}</text>
    ${wait > 0 && html`<rect class="wait" x=${`${x(bar.waited)}%`} width=${`${wait}%`} y=${y + 21} height="2" />`}
    <rect class=${`bar ${kindOf(bar.outcome)}`} x=${`${Math.min(x(begun), 99.2)}%`} width=${`${Math.max(x(bar.to) - x(begun), 0.8)}%`} y=${y + 17} height="10" rx="2" />
  </g>`;
}

export function Picture({ entries, now, done }) {
  const { start, end, bars, marks } = drawn(entries, now);
  const until = done ? end : Math.max(end, now);
  const x = (at) => Math.round(((at - start) / (until - start)) * 10_000) / 100;
  const height = TOP + bars.length * ROW + 30;
  const label = bars.length === 0 ? 'No attempt has begun' : `${bars.length} attempt${bars.length === 1 ? '' : 's'} in ${duration((until - start) / 1000)}`;
  return html`<div class="picture"><svg width="100%" height=${height} role="img" aria-label=${`The job's life: ${label}. The table below says it all.`}>
    <line class="axis" x1="0" x2="100%" y1=${height - 18} y2=${height - 18} />
    ${marks.map((mark) => html`<g class="mark"><line x1=${`${x(mark.at)}%`} x2=${`${x(mark.at)}%`} y1="8" y2=${height - 18} /><circle cx=${`${Math.min(Math.max(x(mark.at), 0.5), 99.5)}%`} cy="8" r="4"><title>${`${mark.event} at ${moment(new Date(mark.at))}`}</title></circle></g>`)}
    ${bars.map((bar, place) => html`<${Bar} bar=${bar} place=${place} x=${x} />`)}
    <text x="0" y=${height - 4}>${moment(new Date(start))}</text>
    <text x="50%" y=${height - 4} text-anchor="middle">${duration(between(start, until))}</text>
    <text x="100%" y=${height - 4} text-anchor="end">${done ? moment(new Date(until)) : 'now'}</text>
  </svg></div>`;
}
