/** Jobs that come again and again, of the token's own tenant. */

import { html } from '../lib/preact.js';
import { get, put, remove, segment } from '../api.js';
import { useGet } from '../asking.js';
import { bytes } from '../format.js';
import { confirm } from '../parts/dialog.js';
import { Table } from '../parts/table.js';
import { Facts, Head, JobLink, Json, ProblemBox, ShortJobLink, Status, Waiting, When } from '../parts/ui.js';
import { go, to } from '../router.js';
import { claims } from '../session.js';

const EVERY = 10_000;
const pathOf = (name) => `/schedules/${segment(name)}`;

function Fields({ given = {} }) {
  const zone = given.zone || Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  return html`<div class="fields">
    <div class="field"><label for="s-name">Name</label><input id="s-name" name="name" required defaultValue=${given.name || ''} readonly=${Boolean(given.name)} placeholder="nightly" /></div>
    <div class="field"><label for="s-cron">Cron</label><input id="s-cron" name="cron" required defaultValue=${given.cron || ''} placeholder="30 2 * * 1-5" /></div>
    <div class="field"><label for="s-zone">Zone</label><input id="s-zone" name="zone" required defaultValue=${zone} /></div>
    <div class="field"><label for="s-type">Type</label><input id="s-type" name="type" required defaultValue=${given.type || ''} placeholder="report.generate" /></div>
  </div>
  <label for="s-input">Input (JSON)</label><textarea id="s-input" name="input" rows="6" required spellcheck=${false}>${JSON.stringify(given.input ?? {}, null, 2)}</textarea>`;
}

/** Asks for a schedule's fields and writes it. */
function write(given, title, done) {
  confirm({
    title,
    text: `It is a schedule of the tenant ${claims().tenant || 'of your token'}.`,
    verb: 'Write it',
    noReason: true,
    fields: html`<${Fields} given=${given} />`,
    act: async (reason, form) => {
      const { name, cron, zone, type, input } = Object.fromEntries(form.entries());
      const kept = { client_reference: given.client_reference, tags: tagsOf(given) };
      const body = { ...kept, cron: cron.trim(), zone: zone.trim(), type: type.trim(), input: parsed(input) };
      const written = await put(pathOf(name.trim()), {}, body);
      done(written);
      return `The schedule ${written.name} fires next at ${written.next_fire_at || 'no time at all'}.`;
    },
  });
}

/** The gateway adds the tag `schedule` by itself, and takes it from nobody. */
function tagsOf(given) {
  const tags = Object.entries(given.tags || {}).filter(([name]) => name !== 'schedule');
  return tags.length ? Object.fromEntries(tags) : undefined;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (failure) {
    throw new Error(`The input is no JSON: ${failure.message}. Nothing was sent.`);
  }
}

function end(schedule) {
  confirm({
    title: `End the schedule ${schedule.name}?`,
    text: 'It fires no more. Jobs that it has sent go on.',
    verb: 'End it',
    danger: true,
    noReason: true,
    act: async () => {
      await remove(pathOf(schedule.name));
      go(['schedules']);
      return `The schedule ${schedule.name} has ended.`;
    },
  });
}

const COLUMNS = [
  { name: 'Name', cell: (schedule) => html`<a href=${to(['schedules', schedule.name])}>${schedule.name}</a>` },
  { name: 'Cron', cell: (schedule) => html`<code>${schedule.cron}</code>` },
  { name: 'Zone', wide: true, cell: (schedule) => schedule.zone },
  { name: 'Type', wide: true, cell: (schedule) => schedule.type },
  { name: 'Next', cell: (schedule) => html`<${When} at=${schedule.next_fire_at} />` },
  { name: 'Last', wide: true, cell: (schedule) => html`<${When} at=${schedule.last_fired_at} />` },
  { name: 'Last job', wide: true, cell: (schedule) => (schedule.last_job_id ? html`<${ShortJobLink} id=${schedule.last_job_id} />` : '–') },
  { name: 'Error', grows: true, wide: true, cell: (schedule) => schedule.last_error && html`<${Status} word="failed" /> <span class="said">${schedule.last_error}</span>` },
];

export function Schedules() {
  const { data, problem } = useGet('/schedules', {}, EVERY);
  const tenant = claims().tenant;
  return html`<${Head} title="Schedules" note=${tenant ? `Those of the tenant ${tenant}: schedules are seen with a token of their own tenant.` : ''}>
      <button type="button" onClick=${() => write({}, 'A new schedule', (made) => go(['schedules', made.name]))}>New …</button><//>
    ${problem && html`<${ProblemBox} problem=${problem} what="/schedules" />`}
    ${data && html`<${Table} caption="Schedules" columns=${COLUMNS} rows=${data.items} rowKey=${(schedule) => schedule.name} empty="There is none." />`}
    ${!data && !problem && html`<${Waiting} />`}`;
}

export function Schedule({ name }) {
  const { data: schedule, problem, again } = useGet(pathOf(name), {}, EVERY);
  const change = async () => write(await get(pathOf(name)), `Change the schedule ${name}`, again);
  return html`<p><a href=${to(['schedules'])}>All schedules</a></p>
    <${Head} title=${name}>${schedule && html`
      ${schedule.input !== undefined && html`<button type="button" onClick=${change}>Change …</button>`}
      <button type="button" class="danger" onClick=${() => end(schedule)}>End …</button>`}<//>
    ${problem && html`<${ProblemBox} problem=${problem} />`}
    ${schedule && html`<${Facts} of=${[
      ['Cron', html`<code>${schedule.cron}</code>`],
      ['Zone', schedule.zone],
      ['Type', schedule.type],
      ['Next', html`<${When} at=${schedule.next_fire_at} />`],
      ['Last', html`<${When} at=${schedule.last_fired_at} />`],
      ['Last job', schedule.last_job_id && html`<${JobLink} id=${schedule.last_job_id} />`],
      ['Last error', schedule.last_error],
      ["Client's reference", schedule.client_reference],
      ['Its jobs', html`<a href=${to(['jobs'], { tags: `schedule=${schedule.name}`, tenant: claims().tenant })}>all of them</a>`],
      ['Changed', html`<${When} at=${schedule.updated_at} />`],
    ]} />
      <section aria-labelledby="input"><h2 id="input">Input</h2>${schedule.input !== undefined
        ? html`<${Json} value=${schedule.input} label="Input" />`
        : html`<p class="quiet">It has ${bytes(schedule.input_size_bytes)}, too many to be shown.</p>`}</section>`}
    ${!schedule && !problem && html`<${Waiting} />`}`;
}
