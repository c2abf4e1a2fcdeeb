/** What a replay would do: how many, why they failed, how old they are, and some of them. */

import { html } from '../lib/preact.js';
import { number, period } from '../format.js';
import { Table } from '../parts/table.js';
import { ShortJobLink, Status, TypeName, When } from '../parts/ui.js';

function Share({ count, of }) {
  return html`<span class="share"><progress max=${of || 1} value=${count} aria-hidden="true"></progress> ${number(count)}</span>`;
}

export function Causes({ causes, caption, shown = false }) {
  const all = causes.reduce((sum, cause) => sum + cause.count, 0);
  return html`<${Table} caption=${caption} shown=${shown} rows=${causes.map((cause, row) => ({ ...cause, row }))} rowKey=${(cause) => cause.row} empty="No error is known of them."
    columns=${[
      { name: 'Type', cell: (cause) => html`<${TypeName} type=${cause.type} />` },
      { name: 'Status', wide: true, cell: (cause) => (cause.status ? html`<${Status} word=${cause.status} />` : cause.title || '–') },
      { name: 'Error', grows: true, cell: (cause) => html`<span class="said">${cause.detail || '–'}</span>` },
      { name: 'Jobs', number: true, cell: (cause) => html`<${Share} count=${cause.count} of=${all} />` },
    ]} />`;
}

/** Limits stand in order, so each class begins where the one before it ended. */
function classes(ages) {
  return ages.map((age, place) => {
    const before = place > 0 ? ages[place - 1].under : undefined;
    const name = age.under
      ? `${before ? `${period(before)} to ` : 'under '}${period(age.under)}`
      : `${before ? `${period(before)} and ` : ''}older`;
    return { name, count: age.count };
  });
}

function Ages({ ages, matched }) {
  return html`<${Table} caption="How old they are" shown rows=${classes(ages)} rowKey=${(age) => age.name} empty="Nothing is known of their age."
    columns=${[{ name: 'Age', cell: (age) => age.name }, { name: 'Jobs', number: true, grows: true, cell: (age) => html`<${Share} count=${age.count} of=${matched} />` }]} />`;
}

const SAMPLE = [
  { name: 'Job', cell: (job) => html`<${ShortJobLink} id=${job.job_id} />` },
  { name: 'Status', cell: (job) => html`<${Status} word=${job.status} />` },
  { name: 'Type', cell: (job) => html`<${TypeName} type=${job.type} />` },
  { name: 'Tenant', wide: true, cell: (job) => job.tenant || '–' },
  { name: 'Ended', wide: true, cell: (job) => html`<${When} at=${job.finished_at} />` },
  { name: 'Error', grows: true, wide: true, cell: (job) => html`<span class="said">${job.error?.detail || job.error?.title || ''}</span>` },
];

export function DryRun({ dry }) {
  return html`<p class="big"><strong>${number(dry.matched)}</strong> ${dry.matched === 1 ? 'job is' : 'jobs are'} meant.${dry.left_out > 0 && ` ${number(dry.left_out)} of them ${dry.left_out === 1 ? 'is' : 'are'} left out, replayed as often as is allowed.`} Nothing was sent.</p>
    ${dry.matched === 0 && html`<p class="quiet">Go back and select otherwise.</p>`}
    ${dry.matched > 0 && html`<${Causes} causes=${dry.causes || []} caption="Why they ended" shown />
      <${Ages} ages=${dry.ages || []} matched=${dry.matched} />
      <${Table} caption="Some of them" shown columns=${SAMPLE} rows=${dry.sample || []} rowKey=${(job) => job.job_id} empty="No sample was given." />`}`;
}
