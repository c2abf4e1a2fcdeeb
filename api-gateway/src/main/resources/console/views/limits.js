/** How many jobs may run at once: of a tenant, in a queue, of a type. What is over a limit waits under a timer. */

import { html } from '../lib/preact.js';
import { put, remove, segment } from '../api.js';
import { useGet } from '../asking.js';
import { number } from '../format.js';
import { confirm } from '../parts/dialog.js';
import { Table } from '../parts/table.js';
import { ProblemBox, RowButton, When } from '../parts/ui.js';

const EVERY = 3_000;
const KINDS = ['queue', 'type', 'tenant'];
const pathOf = (kind, name) => `/operations/limits/${kind}s/${segment(name)}`;

function Fields({ limit }) {
  return html`<div class="fields">
    <div class="field"><label for="l-kind">Of a</label><select id="l-kind" name="kind">
      ${KINDS.map((kind) => html`<option value=${kind} selected=${kind === limit.kind}>${kind}</option>`)}</select></div>
    <div class="field"><label for="l-name">Name</label><input id="l-name" name="name" required defaultValue=${limit.name || ''} autocomplete="off" spellcheck=${false} /></div>
    <div class="field"><label for="l-most">At once, at most</label><input id="l-most" name="most" type="number" min="0" required defaultValue=${limit.most ?? ''} /></div>
  </div>`;
}

function set(limit, again) {
  confirm({
    title: 'Limit what runs at once',
    text: 'It counts over all workers, from the next job they take. What is over it waits, and lets others past.',
    verb: 'Set the limit',
    fields: html`<${Fields} limit=${limit} />`,
    act: async (reason, form) => {
      const { kind, name, most } = Object.fromEntries(form.entries());
      await put(pathOf(kind, name.trim()), {}, { most: Number(most), reason });
      again();
      return `Of the ${kind} ${name.trim()} at most ${most} run at once.`;
    },
  });
}

function takeAway(limit, again) {
  confirm({
    title: `Take the limit of the ${limit.kind} ${limit.name} away?`,
    text: 'What waits for it goes at once.',
    verb: 'Take it away',
    danger: true,
    noReason: true,
    act: async () => {
      await remove(pathOf(limit.kind, limit.name));
      again();
      return `The ${limit.kind} ${limit.name} is limited no more.`;
    },
  });
}

const columns = (again) => [
  { name: 'Limit of', cell: (limit) => `${limit.kind} ${limit.name}` },
  { name: 'Most', number: true, cell: (limit) => number(limit.most) },
  { name: 'Running', number: true, cell: (limit) => number(limit.running) },
  { name: 'Waiting', number: true, cell: (limit) => number(limit.waiting) },
  { name: 'Since', wide: true, cell: (limit) => html`<${When} at=${limit.since} />` },
  { name: 'Reason', grows: true, wide: true, cell: (limit) => html`<span class="said">${limit.reason || ''}</span>` },
  {
    name: 'Do',
    cell: (limit) => html`<span class="actions"><${RowButton} verb="Change" of=${`the limit of ${limit.name}`} act=${() => set(limit, again)} />
      <${RowButton} verb="Take away" of=${`the limit of ${limit.name}`} act=${() => takeAway(limit, again)} /></span>`,
  },
];

export function Limits() {
  const { data, problem, again } = useGet('/operations/limits', {}, EVERY);
  return html`<section aria-labelledby="limits"><div class="head"><h2 id="limits">Limits</h2>
      <div class="actions"><button type="button" onClick=${() => set({ kind: 'queue' }, again)}>New limit …</button></div></div>
    ${problem && html`<${ProblemBox} problem=${problem} what="/operations/limits" />`}
    ${data && html`<${Table} caption="Limits" columns=${columns(again)} rows=${data.items} rowKey=${(limit) => `${limit.kind}/${limit.name}`}
      empty="None: whatever a worker has a slot for runs." />`}</section>`;
}
