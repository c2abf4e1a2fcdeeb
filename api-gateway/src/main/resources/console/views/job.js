/** One job: how it stands, its life as a picture and as a table, what went in, what came out, and what can be done. */

import { html, useEffect, useState } from '../lib/preact.js';
import { segment } from '../api.js';
import { useGet, useNow } from '../asking.js';
import { bytes, duration } from '../format.js';
import { useChangedJobs, useLive } from '../live/live.js';
import { Table } from '../parts/table.js';
import { Picture } from '../parts/timeline.js';
import { ErrorText, Facts, Head, JobLink, Json, ProblemBox, Status, Waiting, When } from '../parts/ui.js';
import { to } from '../router.js';
import { cancel, force, retry } from './acts.js';
import { Result } from './result.js';

const OFTEN = 2_000;
const RARELY = 15_000;

const place = (at) => at && `${at.topic} / ${at.partition} / ${at.offset}`;

/** Both answers, and again when the stream says that the job has changed; without a stream every other second until it ends. */
function useJob(id) {
  const live = useLive();
  const [done, setDone] = useState(false);
  const every = done || live.state === 'live' ? RARELY : OFTEN;
  const path = `/operations/jobs/${segment(id)}`;
  const job = useGet(path, {}, every);
  const timeline = useGet(`${path}/timeline`, {}, every);
  const again = () => {
    job.again();
    timeline.again();
  };
  useChangedJobs((changed) => {
    if (changed.some((other) => other.job_id === id && other.version !== job.data?.version)) {
      again();
    }
  }, [id, job.data?.version]);
  useEffect(() => setDone(Boolean(job.data?.done)), [job.data?.done]);
  return { job: job.data, problem: job.problem || timeline.problem, entries: timeline.data?.entries, truncated: timeline.data?.truncated, again };
}

function Progress({ job }) {
  return job.progress && html`<p class="progress"><progress max="100" value=${job.progress.percent} aria-label="Progress"></progress>
    <strong>${job.progress.percent} %</strong> <span class="said">${job.progress.message}</span></p>`;
}

function JobFacts({ job }) {
  const tags = Object.entries(job.tags || {}).map(([name, value]) => `${name}=${value}`).join('  ');
  return html`<${Facts} of=${[
    ['Status', html`<${Status} word=${job.status} />`],
    ['Type', job.type],
    ['Tenant', job.tenant],
    ['Queue', job.queue && html`<a href=${to(['jobs'], { queue: job.queue })}>${job.queue}</a>`],
    ['Attempt', `${job.attempt} of ${job.max_attempts}`],
    ['Worker', job.worker],
    ['Position in queue', job.position_in_queue],
    ['Created', html`<${When} at=${job.created_at} />`],
    ['Scheduled', job.scheduled_time && html`<${When} at=${job.scheduled_time} />`],
    ['Started', job.started_at && html`<${When} at=${job.started_at} />`],
    ['Next attempt', job.next_attempt_at && html`<${When} at=${job.next_attempt_at} ago />`],
    ['Expected end', !job.done && job.estimated_completion_time && html`<${When} at=${job.estimated_completion_time} ago />`],
    ['Ended', job.finished_at && html`<${When} at=${job.finished_at} />`],
    ['Took', job.finished_at && job.started_at && duration((new Date(job.finished_at) - new Date(job.started_at)) / 1000)],
    ['Kept until', html`<${When} at=${job.expires_at} />`],
    ["Client's reference", job.client_reference],
    ['Tags', tags],
    ['Batch', job.batch_id && html`<a class="id" href=${to(['jobs'], { batch: job.batch_id })}>${job.batch_id}</a>`],
    ['Replay of', job.replay_of && html`<${JobLink} id=${job.replay_of} />`],
    ['Command in the log', place(job.command)],
    ['Version', job.version],
  ]} />`;
}

function Said({ entry }) {
  return html`<div class="said">${entry.error && html`<${ErrorText} error=${entry.error} />`}${entry.reason}
    ${entry.next_attempt_at && html`<p class="quiet">again at <${When} at=${entry.next_attempt_at} /></p>`}</div>`;
}

const took = (entry) => entry.started_at && duration((new Date(entry.time) - new Date(entry.started_at)) / 1000);

const COLUMNS = [
  { name: 'Event', cell: ({ entry }) => entry.event },
  { name: 'Time', cell: ({ entry }) => html`<${When} at=${entry.time} />` },
  { name: 'Attempt', number: true, cell: ({ entry }) => entry.attempt ?? '–' },
  { name: 'Ran', number: true, wide: true, cell: ({ entry }) => took(entry) || '–' },
  { name: 'Worker', wide: true, cell: ({ entry }) => entry.worker || entry.by || '–' },
  { name: 'Said', grows: true, cell: ({ entry }) => html`<${Said} entry=${entry} />` },
  { name: 'In the log', wide: true, cell: ({ entry }) => html`<span class="id small">${place(entry.position) || '–'}</span>` },
];

function Life({ job, entries, truncated }) {
  const now = useNow();
  return html`<section aria-labelledby="life"><h2 id="life">Timeline</h2>
    <${Picture} entries=${entries} now=${now} done=${job.done} />
    <${Table} caption="What happened, oldest first" columns=${COLUMNS} rows=${entries.map((entry, row) => ({ entry, row }))} rowKey=${({ row }) => row} empty="Nothing yet." />
    ${truncated && html`<p class="quiet">More happened than a job's row remembers; the log has all of it.</p>`}</section>`;
}

function Input({ job }) {
  return html`<section aria-labelledby="input"><h2 id="input">Input</h2>
    ${job.input !== undefined
      ? html`<${Json} value=${job.input} label="Input" />`
      : html`<p class="quiet">${job.input_size_bytes ? `It has ${bytes(job.input_size_bytes)} and is not shown here.` : 'It is not known here.'} ${job.input_digest && html`<span class="id">${job.input_digest}</span>`}</p>`}</section>`;
}

function Acts({ job, again }) {
  const retriable = job.status === 'failed' || job.status === 'expired';
  return html`${!job.done && html`<button type="button" class="danger" onClick=${() => cancel(job, again)}>Cancel …</button>`}
    ${retriable && html`<button type="button" class="primary" onClick=${() => retry(job, again)}>Retry …</button>`}
    ${job.done && html`<button type="button" onClick=${() => force(job, again)}>Force …</button>`}`;
}

export function Job({ id }) {
  const { job, problem, entries, truncated, again } = useJob(id);
  return html`<p><a href=${to(['jobs'])}>All jobs</a></p>
    <${Head} title=${html`<span class="id">${id}</span>`}>${job && html`<${Acts} job=${job} again=${again} />`}<//>
    ${problem && html`<${ProblemBox} problem=${problem} what="/operations/jobs" />`}
    ${job && html`<${Progress} job=${job} />
      ${job.error && html`<section class="problem" aria-labelledby="error"><h2 id="error">Error</h2><${ErrorText} error=${job.error} /></section>`}
      <${JobFacts} job=${job} />
      ${entries && html`<${Life} job=${job} entries=${entries} truncated=${truncated} />`}
      ${job.result_url && html`<${Result} job=${job} />`}
      <${Input} job=${job} />`}
    ${!job && !problem && html`<${Waiting} />`}`;
}
