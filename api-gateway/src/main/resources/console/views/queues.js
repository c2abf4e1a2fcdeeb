/** Every queue, the switch that lets its workers take nothing, and how many of its jobs may run at once. */

import { html } from '../lib/preact.js';
import { put, remove, segment } from '../api.js';
import { duration, number, rate } from '../format.js';
import { emptyIn } from '../live/history.js';
import { useLive } from '../live/live.js';
import { confirm } from '../parts/dialog.js';
import { Table } from '../parts/table.js';
import { Head, RowButton, Standing, Waiting } from '../parts/ui.js';
import { to } from '../router.js';
import { Limits } from './limits.js';

const pausePath = (queue) => `/operations/queues/${segment(queue)}/pause`;

function pause(queue) {
  confirm({
    title: `Pause the queue ${queue}?`,
    text: 'Within two seconds its workers take no more jobs. What runs goes on, and jobs are still accepted.',
    verb: 'Pause',
    danger: true,
    act: async (reason) => {
      await put(pausePath(queue), { reason });
      return `The queue ${queue} is paused.`;
    },
  });
}

function goOn(queue) {
  confirm({
    title: `Let the queue ${queue} go on?`,
    text: 'Its workers take jobs again within two seconds.',
    verb: 'Go on',
    noReason: true,
    act: async () => {
      await remove(pausePath(queue));
      return `The queue ${queue} goes on.`;
    },
  });
}

const COLUMNS = [
  { name: 'Queue', cell: (queue) => html`<a href=${to(['jobs'], { queue: queue.queue })}>${queue.queue}</a>` },
  { name: 'State', grows: true, cell: (queue) => html`<${Standing} word=${queue.paused ? 'paused' : 'open'} since=${queue.paused_since} by=${queue.paused_by} reason=${queue.reason} />` },
  { name: 'Waiting', number: true, cell: (queue) => number(queue.depth) },
  { name: 'Oldest', number: true, wide: true, cell: (queue) => duration(queue.oldest_age_seconds) },
  { name: 'In/s', number: true, wide: true, cell: (queue) => rate(queue.rate_in) },
  { name: 'Out/s', number: true, wide: true, cell: (queue) => rate(queue.rate_out) },
  { name: 'Empty in', number: true, wide: true, cell: (queue) => (queue.paused ? 'paused' : emptyIn(queue.depth, queue.rate_out)) },
  { name: 'Running', number: true, wide: true, cell: (queue) => `${number(queue.running)} of ${number(queue.slots)}` },
  { name: 'Workers', number: true, wide: true, cell: (queue) => number(queue.workers) },
  {
    name: 'Do',
    cell: (queue) => (queue.paused
      ? html`<${RowButton} verb="Go on" of=${queue.queue} act=${() => goOn(queue.queue)} />`
      : html`<${RowButton} verb="Pause" of=${queue.queue} act=${() => pause(queue.queue)} />`),
  },
];

export function Queues() {
  const { overview } = useLive();
  return html`<${Head} title="Queues" />
    ${overview
      ? html`<${Table} caption="Queues" columns=${COLUMNS} rows=${overview.queues} rowKey=${(queue) => queue.queue}
          empty="No worker has announced a job type yet, so there is no queue." />`
      : html`<${Waiting} />`}
    <${Limits} />`;
}
