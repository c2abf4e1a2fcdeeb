/** Jobs of every tenant: found by id or by what they are, and live as they change. */

import { html, useEffect, useState } from '../lib/preact.js';
import { page } from '../api.js';
import { useChangedJobs } from '../live/live.js';
import { Table } from '../parts/table.js';
import { Head, ProblemBox, ShortJobLink, Status, TypeName, Waiting, When } from '../parts/ui.js';
import { go, to } from '../router.js';
import { STATUSES, merged, queryOf } from './filter.js';

const MOST = 300;
const CHOICES = [['', 'any'], ['queued,processing,cancelling', 'not ended'], ['failed,expired', 'failed or expired'], ...STATUSES.map((word) => [word, word])];
const MORE = ['tenant', 'queue', 'reference', 'batch', 'tags', 'after', 'before'];

/** Not bound to a state: what somebody types must outlive the list's moving on. */
function Field({ name, label, value, kind = 'text', hint }) {
  return html`<div class="field"><label for=${`f-${name}`}>${label}</label>
    <input id=${`f-${name}`} name=${name} type=${kind} defaultValue=${value || ''} placeholder=${hint} autocomplete="off" spellcheck=${false} step=${kind === 'datetime-local' ? 1 : undefined} /></div>`;
}

function ById() {
  const submit = (event) => {
    event.preventDefault();
    const id = String(new FormData(event.target).get('id')).trim();
    if (id) {
      go(['jobs', id]);
    }
  };
  return html`<form class="search" role="search" aria-label="Find a job by its id" onSubmit=${submit}>
    <${Field} name="id" label="Job id" hint="job-…" /><button type="submit">Open</button></form>`;
}

function Filter({ filter }) {
  const submit = (event) => {
    event.preventDefault();
    const given = [...new FormData(event.target).entries()].map(([name, value]) => [name, String(value).trim()]);
    go(['jobs'], Object.fromEntries(given));
  };
  const more = MORE.some((name) => filter[name]);
  return html`<form class="filter" aria-label="Narrow the list" onSubmit=${submit}>
    <div class="fields">
      <div class="field"><label for="f-status">Status</label>
        <select id="f-status" name="status">
          ${CHOICES.map(([value, name]) => html`<option value=${value} selected=${value === (filter.status || '')}>${name}</option>`)}
        </select></div>
      <${Field} name="type" label="Type" value=${filter.type} hint="report.generate" />
      <${Field} name="error" label="Error has" value=${filter.error} />
      <div class="actions"><button type="submit" class="primary">Show</button><a class="button" href=${to(['jobs'])}>All</a></div>
    </div>
    <details open=${more}><summary>More: tenant, queue, tags, times</summary><div class="fields">
      <${Field} name="tenant" label="Tenant" value=${filter.tenant} />
      <${Field} name="queue" label="Queue" value=${filter.queue} />
      <${Field} name="tags" label="Tags" value=${filter.tags} hint="team=red" />
      <${Field} name="reference" label="Client's reference" value=${filter.reference} />
      <${Field} name="batch" label="Batch" value=${filter.batch} hint="batch-…" />
      <${Field} name="after" label="Created after" value=${filter.after} kind="datetime-local" />
      <${Field} name="before" label="Created before" value=${filter.before} kind="datetime-local" />
    </div></details>
  </form>`;
}

const COLUMNS = [
  { name: 'Job', cell: (job) => html`<${ShortJobLink} id=${job.job_id} />` },
  { name: 'Status', cell: (job) => html`<${Status} word=${job.status} />${job.progress && html`<span class="small quiet"> ${job.progress.percent} %</span>`}` },
  { name: 'Type', cell: (job) => html`<${TypeName} type=${job.type} />` },
  { name: 'Tenant', wide: true, cell: (job) => job.tenant || '–' },
  { name: 'Queue', wide: true, cell: (job) => job.queue || '–' },
  { name: 'Created', wide: true, cell: (job) => html`<${When} at=${job.created_at} />` },
  { name: 'Ended', wide: true, cell: (job) => html`<${When} at=${job.finished_at} />` },
  { name: 'Attempt', number: true, wide: true, cell: (job) => `${job.attempt} of ${job.max_attempts}` },
  { name: 'Error', grows: true, wide: true, cell: (job) => html`<span class="said">${job.error?.detail || job.error?.title || ''}</span>` },
];

export function Jobs({ filter }) {
  const [list, setList] = useState({ items: null, next: null, problem: null });
  const [live, setLive] = useState(true);
  const asked = JSON.stringify(filter);
  const load = async (path, query, before, signal) => {
    try {
      const found = await page(path, query, signal);
      setList({ items: [...before, ...found.items], next: found.next, problem: null });
    } catch (problem) {
      if (!signal?.aborted) {
        setList((now) => ({ ...now, items: before.length ? now.items : null, problem }));
      }
    }
  };
  useEffect(() => {
    const stop = new AbortController();
    load('/operations/jobs', queryOf(filter), [], stop.signal);
    return () => stop.abort();
  }, [asked]);
  useChangedJobs((changed) => {
    if (live) {
      setList((now) => (now.items ? { ...now, items: merged(now.items, changed, filter, MOST) } : now));
    }
  }, [asked, live]);
  return html`<${Head} title="Jobs">
      <label class="check"><input type="checkbox" checked=${live} onChange=${(event) => setLive(event.target.checked)} /> Live</label>
      <a class="button" href=${to(['replays', 'new'], filter)}>Replay such jobs …</a><//>
    <${ById} /><${Filter} key=${asked} filter=${filter} />
    ${list.problem && html`<${ProblemBox} problem=${list.problem} what="/operations/jobs" />`}
    ${list.items && html`<${Table} caption="Jobs, newest first" columns=${COLUMNS} rows=${list.items} rowKey=${(job) => job.job_id} 
      empty=${list.next ? 'None among those that were looked through so far; older ones may be.' : 'No job is like that.'} />`}
    ${list.next && html`<button type="button" onClick=${() => load(list.next, {}, list.items)}>Older ones</button>`}
    ${!list.items && !list.problem && html`<${Waiting} />`}`;
}
