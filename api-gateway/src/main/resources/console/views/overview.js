/** How all stands at a glance: what comes, goes, waits, runs and fails, and until when. */

import { html } from '../lib/preact.js';
import { UNKNOWN, duration, number, rate } from '../format.js';
import { emptyIn, eta, totals } from '../live/history.js';
import { useLive } from '../live/live.js';
import { Chart } from '../parts/chart.js';
import { Table } from '../parts/table.js';
import { Head, Status, Waiting } from '../parts/ui.js';
import { to } from '../router.js';

const perSecond = (value) => (typeof value === 'number' ? `${rate(value)}/s` : UNKNOWN);

function Figure({ name, value, note, kind = '' }) {
  return html`<div class=${`figure ${kind}`}><dt>${name}</dt><dd><strong>${value}</strong>${note && html`<span class="quiet small">${note}</span>`}</dd></div>`;
}

function Figures({ now }) {
  const pace = eta(now.depth, now.rateOut) === undefined ? 'no pace to tell by' : 'at this pace';
  const share = now.finished ? `${Math.round((100 * now.failed) / now.finished)} % of those that ended` : 'in the last minute';
  return html`<dl class="figures">
    <${Figure} name="Waiting" value=${number(now.depth)} note=${now.paused.length ? `${now.paused.length} paused` : 'jobs in queues'} />
    <${Figure} name="Oldest" value=${duration(now.oldest)} note="waits for a worker" />
    <${Figure} name="In" value=${perSecond(now.rateIn)} />
    <${Figure} name="Out" value=${perSecond(now.rateOut)} />
    <${Figure} name="Empty in" value=${emptyIn(now.depth, now.rateOut)} note=${pace} />
    <${Figure} name="Running" value=${number(now.running)} note=${`of ${number(now.slots)} slots, ${number(now.workers)} workers`} />
    <${Figure} name="Failed" value=${number(now.failed)} note=${now.failed === undefined ? 'told by the event stream' : share} kind=${now.failed > 0 ? 'bad' : ''} />
    <${Figure} name="Succeeded" value=${number(now.succeeded)} note=${now.succeeded === undefined ? 'told by the event stream' : 'in the last minute'} />
  </dl>`;
}

function Charts({ points }) {
  return html`<section aria-labelledby="charts"><h2 id="charts" class="unseen">The last five minutes</h2><div class="charts">
    <${Chart} title="Jobs a second" points=${points} series=${[
      { member: 'rateIn', name: 'in', kind: 'first', show: perSecond },
      { member: 'rateOut', name: 'out', kind: 'second dashed', show: perSecond }]} />
    <${Chart} title="Waiting" points=${points} series=${[{ member: 'depth', name: 'waiting', kind: 'first', show: number }]} />
    <${Chart} title="Running" points=${points} series=${[
      { member: 'running', name: 'running', kind: 'first', show: number },
      { member: 'slots', name: 'slots', kind: 'second dashed', show: number }]} />
    <${Chart} title="Failed a minute" points=${points} series=${[{ member: 'failed', name: 'failed', kind: 'third', show: number }]} />
  </div></section>`;
}

/** What each queue is, in brief; the view of the queues has all of it. */
const COLUMNS = [
  { name: 'Queue', cell: (queue) => html`<a href=${to(['queues'])}>${queue.queue}</a>` },
  { name: 'State', cell: (queue) => html`<${Status} word=${queue.paused ? 'paused' : 'open'} />` },
  { name: 'Waiting', number: true, cell: (queue) => number(queue.depth) },
  { name: 'Oldest', number: true, wide: true, cell: (queue) => duration(queue.oldest_age_seconds) },
  { name: 'In/s', number: true, wide: true, cell: (queue) => rate(queue.rate_in) },
  { name: 'Out/s', number: true, cell: (queue) => rate(queue.rate_out) },
  { name: 'Empty in', number: true, cell: (queue) => (queue.paused ? 'paused' : emptyIn(queue.depth, queue.rate_out)) },
  { name: 'Running', number: true, wide: true, cell: (queue) => `${number(queue.running)} of ${number(queue.slots)}` },
];

export function Overview() {
  const live = useLive();
  if (!live.overview) {
    return html`<${Head} title="Overview" /><${Waiting} />`;
  }
  return html`<${Head} title="Overview" />
    <${Figures} now=${totals(live.overview)} />
    <${Charts} points=${live.points} />
    <section aria-labelledby="by-queue"><h2 id="by-queue">By queue</h2>
      <${Table} caption="How each queue stands" columns=${COLUMNS} rows=${live.overview.queues} rowKey=${(queue) => queue.queue}
        empty="No worker has announced a job type yet, so there is no queue." /></section>`;
}
