/** Replays: all of them, and one as it goes on. */

import { html } from '../lib/preact.js';
import { post, segment } from '../api.js';
import { useGet } from '../asking.js';
import { number, percent } from '../format.js';
import { confirm } from '../parts/dialog.js';
import { Table } from '../parts/table.js';
import { Facts, Head, Json, ProblemBox, Status, Waiting, When } from '../parts/ui.js';
import { to } from '../router.js';
import { Causes } from './dryrun.js';
import { MODES } from './selection.js';

const LIST_EVERY = 3_000;
const ONE_EVERY = 1_000;

const COLUMNS = [
  { name: 'Replay', cell: (replay) => html`<a class="id" href=${to(['replays', replay.replay_id])}>${replay.replay_id}</a>` },
  { name: 'Status', cell: (replay) => html`<${Status} word=${replay.status} />` },
  { name: 'Mode', cell: (replay) => replay.mode },
  { name: 'Sent', number: true, wide: true, cell: (replay) => `${number(replay.counts?.sent)} of ${number(replay.counts?.matched)}` },
  { name: 'Failed', number: true, wide: true, cell: (replay) => number(replay.counts?.failed) },
  { name: 'By', wide: true, cell: (replay) => replay.actor || '–' },
  { name: 'Begun', wide: true, cell: (replay) => html`<${When} at=${replay.created_at} />` },
  { name: 'Reason', grows: true, wide: true, cell: (replay) => html`<span class="said">${replay.reason || ''}</span>` },
];

export function Replays() {
  const { data, problem } = useGet('/operations/replays', {}, LIST_EVERY);
  return html`<${Head} title="Replays"><a class="button primary" href=${to(['replays', 'new'])}>New replay …</a><//>
    ${problem && html`<${ProblemBox} problem=${problem} what="/operations/replays" />`}
    ${data && html`<${Table} caption="Replays, newest first" columns=${COLUMNS} rows=${data.items} rowKey=${(replay) => replay.replay_id} empty="Nothing was ever replayed." />`}
    ${!data && !problem && html`<${Waiting} />`}`;
}

const ACTS = {
  pause: { verb: 'Pause', title: 'Pause this replay?', text: 'It sends nothing more until it goes on. What was sent runs.', said: 'The replay is paused.' },
  resume: { verb: 'Go on', title: 'Let this replay go on?', text: 'It sends what is left, as fast as it was told to.', said: 'The replay goes on.' },
  abort: { verb: 'Abort', title: 'Abort this replay?', text: 'It sends nothing more, ever. What was sent runs.', said: 'The replay is aborted.', danger: true },
};

function act(replay, name, again) {
  const { verb, title, text, said, danger } = ACTS[name];
  confirm({
    title,
    text,
    verb,
    danger,
    act: async (reason) => {
      await post(`/operations/replays/${segment(replay.replay_id)}/${name}`, undefined, { reason });
      again();
      return said;
    },
  });
}

function Acts({ replay, again }) {
  const button = (name, kind = '') => html`<button type="button" class=${kind} onClick=${() => act(replay, name, again)}>${ACTS[name].verb} …</button>`;
  return !replay.done && html`${replay.status === 'running' ? button('pause') : button('resume', 'primary')}${button('abort', 'danger')}`;
}

function Progress({ replay }) {
  const counts = replay.counts || {};
  const done = replay.progress?.percent;
  return html`<p class="progress"><progress max="100" value=${done} aria-label="Progress of the replay"></progress>
      <strong>${done === undefined ? '' : `${Math.round(done)} %`}</strong> ${!replay.done && replay.stage && html`<span class="quiet">stage: ${replay.stage}</span>`}</p>
    <dl class="figures small-ones">${['matched', 'left_out', 'sent', 'running', 'succeeded', 'failed'].map((name) => html`<div class=${`figure ${name === 'failed' && counts.failed > 0 ? 'bad' : ''}`}><dt>${name.replace('_', ' ')}</dt><dd><strong>${number(counts[name])}</strong></dd></div>`)}</dl>`;
}

const EVENTS = [
  { name: 'Time', cell: ({ entry }) => html`<${When} at=${entry.at} />` },
  { name: 'What', cell: ({ entry }) => entry.what },
  { name: 'By', wide: true, cell: ({ entry }) => entry.by || '–' },
  { name: 'Detail', grows: true, cell: ({ entry }) => html`<span class="said">${entry.detail || ''}</span>` },
];

function Known({ replay }) {
  return html`<${Facts} of=${[
    ['Status', html`<${Status} word=${replay.status} />`],
    ['Mode', `${replay.mode}: ${MODES[replay.mode]?.text || ''}`],
    ['Reason', replay.reason],
    ['By', replay.actor],
    ['Begun', html`<${When} at=${replay.created_at} />`],
    ['Ended', replay.finished_at && html`<${When} at=${replay.finished_at} />`],
    ['Canary', replay.canary],
    ['At most a second', replay.rate_per_second],
    ['Stops at failures of', replay.stop_at_failure_rate !== undefined && percent(replay.stop_at_failure_rate)],
    ['Replays of one job', replay.most_per_job],
  ]} />`;
}

export function Replay({ id }) {
  const { data: replay, problem, again } = useGet(`/operations/replays/${segment(id)}`, {}, ONE_EVERY);
  return html`<p><a href=${to(['replays'])}>All replays</a></p>
    <${Head} title=${html`<span class="id">${id}</span>`}>${replay && html`<${Acts} replay=${replay} again=${again} />`}<//>
    ${problem && html`<${ProblemBox} problem=${problem} what="/operations/replays" />`}
    ${replay && html`
      ${replay.stopped_because && html`<p class="warning"><strong>Stopped:</strong> ${replay.stopped_because}</p>`}
      <${Progress} replay=${replay} /><${Known} replay=${replay} />
      ${replay.causes?.length > 0 && html`<section aria-labelledby="causes"><h2 id="causes">What failed again</h2><${Causes} causes=${replay.causes} caption="What failed again" /></section>`}
      <section aria-labelledby="events"><h2 id="events">Timeline</h2><${Table} caption="What happened to the replay" columns=${EVENTS}
        rows=${(replay.timeline || []).map((entry, row) => ({ entry, row }))} rowKey=${({ row }) => row} empty="Nothing yet." /></section>
      <section aria-labelledby="selection"><h2 id="selection">What was selected</h2><${Json} value=${replay.select || {}} label="Selection" /></section>`}
    ${!replay && !problem && html`<${Waiting} />`}`;
}
