/** Every worker that is there, what it runs, and how it is emptied. */

import { html } from '../lib/preact.js';
import { put, remove, segment } from '../api.js';
import { useGet } from '../asking.js';
import { number } from '../format.js';
import { confirm } from '../parts/dialog.js';
import { Table } from '../parts/table.js';
import { Head, ProblemBox, RowButton, Standing, Waiting, When } from '../parts/ui.js';

const EVERY = 2_000;
const drainPath = (worker) => `/operations/workers/${segment(worker.worker_id)}/drain`;

function drain(worker, again) {
  confirm({
    title: `Drain the worker ${worker.name}?`,
    text: 'Within two seconds it takes no more jobs; what it runs goes on to its end. Then it can be stopped without harm.',
    verb: 'Drain',
    danger: true,
    act: async (reason) => {
      await put(drainPath(worker), { reason });
      again();
      return `The worker ${worker.name} drains.`;
    },
  });
}

function takeAgain(worker, again) {
  confirm({
    title: `Let the worker ${worker.name} take jobs again?`,
    verb: 'Take jobs again',
    noReason: true,
    act: async () => {
      await remove(drainPath(worker));
      again();
      return `The worker ${worker.name} takes jobs again.`;
    },
  });
}

const columns = (again) => [
  { name: 'Worker', cell: (worker) => html`${worker.name}<div class="small quiet id wide">${worker.worker_id}</div>` },
  { name: 'Queue', wide: true, cell: (worker) => worker.queue },
  { name: 'State', grows: true, cell: (worker) => html`<${Standing} word=${worker.draining ? 'draining' : 'working'} since=${worker.draining_since} by=${worker.drained_by} reason=${worker.reason} />` },
  { name: 'Running', number: true, cell: (worker) => `${number(worker.running)} of ${number(worker.slots)}` },
  { name: 'Seen until', wide: true, cell: (worker) => html`<${When} at=${worker.seen_until} />` },
  {
    name: 'Do',
    cell: (worker) => (worker.draining
      ? html`<${RowButton} verb="Go on" of=${worker.name} act=${() => takeAgain(worker, again)} />`
      : html`<${RowButton} verb="Drain" of=${worker.name} act=${() => drain(worker, again)} />`),
  },
];

export function Workers() {
  const { data, problem, again } = useGet('/operations/workers', {}, EVERY);
  return html`<${Head} title="Workers" />
    ${problem && html`<${ProblemBox} problem=${problem} what="/operations/workers" />`}
    ${data && html`<${Table} caption="Workers" columns=${columns(again)} rows=${data.items} rowKey=${(worker) => worker.worker_id}
      empty="No worker is there: nothing runs, and jobs wait in their queues." />`}
    ${!data && !problem && html`<${Waiting} />`}`;
}
