/** A replay in four steps: select, dry run, canary, go. Nothing is sent before the last. */

import { html, useLayoutEffect, useRef, useState } from '../lib/preact.js';
import { Problem, post } from '../api.js';
import { number, toLocal } from '../format.js';
import { announce } from '../parts/announce.js';
import { LONGEST_REASON } from '../parts/dialog.js';
import { Head, ProblemBox } from '../parts/ui.js';
import { go, to } from '../router.js';
import { DryRun } from './dryrun.js';
import { MODES, bodyOf, freshId, fromFilter } from './selection.js';

const STEPS = ['Select', 'Dry run', 'Canary', 'Go'];

function Steps({ step }) {
  return html`<ol class="steps" aria-label="Steps of a replay">${STEPS.map((name, place) => html`<li key=${name} class=${place < step ? 'past' : ''} aria-current=${place === step ? 'step' : null}>
    ${name}${place < step && html`<span class="unseen"> (done)</span>`}</li>`)}</ol>`;
}

function Text({ form, set, name, label, kind = 'text', hint, note, ...more }) {
  return html`<div class="field"><label for=${`w-${name}`}>${label}</label>
    <input id=${`w-${name}`} type=${kind} value=${form[name]} placeholder=${hint} autocomplete="off" spellcheck=${false} step=${kind === 'datetime-local' ? 1 : undefined}
      aria-describedby=${note ? `w-${name}-note` : undefined} onInput=${(event) => set(name, event.target.value)} ...${more} />
    ${note && html`<p id=${`w-${name}-note`} class="quiet small">${note}</p>`}</div>`;
}

function Modes({ form, set }) {
  return html`<fieldset class="modes"><legend>What is to happen</legend>${Object.entries(MODES).map(([mode, { name, text }]) => html`<label key=${mode}>
    <input type="radio" name="mode" value=${mode} checked=${form.mode === mode} onChange=${() => set('mode', mode)} /><span><strong>${name}</strong><br />${text}</span></label>`)}</fieldset>`;
}

function Select({ form, set, left }) {
  const field = (name, label, more) => html`<${Text} form=${form} set=${set} name=${name} label=${label} ...${more} />`;
  const time = (name, label) => field(name, label, { kind: 'datetime-local' });
  const topic = form.topic || form.partition || form.from_offset || form.to_offset || form.from_time || form.to_time;
  return html`<${Modes} form=${form} set=${set} />
    ${left.length > 0 && html`<p class="warning"><strong>Not taken over:</strong> a replay cannot be narrowed by ${left.join(' and ')}. The dry run says how many jobs are meant.</p>`}
    <fieldset><legend>Which jobs</legend><div class="fields">
      ${field('type', 'Types', { hint: 'report.generate' })}${field('tenant', 'Tenants')}${field('queue', 'Queues')}
      <div class="field"><label for="w-status">Status</label><select id="w-status" value=${form.status} onChange=${(event) => set('status', event.target.value)}>
        <option value="">any of these</option>${MODES[form.mode].takes.map((word) => html`<option key=${word} value=${word}>${word}</option>`)}
        ${form.status.includes(',') && html`<option value=${form.status}>${form.status.replaceAll(',', ' or ')}</option>`}</select></div>
      ${field('error', 'Error has')}${field('tags', 'Tags', { hint: 'team=red' })}
      ${time('created_after', 'Created after')}${time('created_before', 'Created before')}${time('finished_after', 'Ended after')}${time('finished_before', 'Ended before')}
      <div class="field whole"><label for="w-ids">Ids, one a line</label><textarea id="w-ids" rows="2" value=${form.ids} spellcheck=${false} onInput=${(event) => set('ids', event.target.value)}></textarea></div>
    </div></fieldset>
    <details open=${Boolean(topic)}><summary>A range of a topic</summary><div class="fields">
      ${field('topic', 'Topic', { hint: 'jobs.commands.reports' })}${field('partition', 'Partition', { kind: 'number', min: 0 })}
      ${field('from_offset', 'From offset', { kind: 'number', min: 0 })}${field('to_offset', 'To offset', { kind: 'number', min: 0 })}
      ${time('from_time', 'From time')}${time('to_time', 'To time')}</div></details>`;
}

function Canary({ form, set }) {
  const field = (name, label, note, more) => html`<${Text} form=${form} set=${set} name=${name} label=${label} note=${note} kind="number" ...${more} />`;
  if (form.mode === 'project') {
    return html`<p>Nothing is sent, so there is nothing to go slowly with.</p>`;
  }
  return html`<fieldset><legend>How careful</legend><div class="fields">
    ${form.mode !== 'missing' && field('canary', 'Canary (jobs)', 'These go first. The rest follows only if they do well. Empty: none.', { min: 1 })}
    ${field('rate', 'At most a second', 'Empty: as fast as it goes.', { min: 0, step: 'any' })}
    ${field('stop_at', 'Stop when so many fail (%)', 'Of those that have ended again.', { min: 0, max: 100, step: 'any' })}
    ${field('most', 'Replays of one job at most', 'Jobs that had as many are left out.', { min: 1 })}
  </div></fieldset>`;
}

function Go({ form, set, dry }) {
  const { verb, text } = MODES[form.mode];
  const left = dry.matched - (dry.left_out || 0);
  const first = form.mode === 'missing' || !form.canary ? '' : `${form.canary} go first. `;
  return html`<p>${verb} <strong>${number(left)}</strong> ${left === 1 ? 'job' : 'jobs'}. ${text}</p>
    ${form.mode !== 'project' && html`<p class="quiet">${first}${form.rate ? `At most ${form.rate} a second.` : 'As fast as it goes.'} ${form.stop_at && `It stops when ${form.stop_at} % fail.`}</p>`}
    <label for="w-reason">Reason</label><textarea id="w-reason" rows="2" required maxlength=${LONGEST_REASON} value=${form.reason} onInput=${(event) => set('reason', event.target.value)}></textarea>
    <p class="quiet small">It is written into the log with your name.</p>`;
}

/** Filters of the list of jobs that a replay does not know. */
const leftOut = (given) => [given.reference && 'the client’s reference', given.batch && 'the batch'].filter(Boolean);

const started = (given) => {
  const form = fromFilter(given);
  return { ...form, id: freshId(), created_after: toLocal(form.created_after), created_before: toLocal(form.created_before) };
};

export function Wizard({ given }) {
  const [form, setForm] = useState(started(given));
  const [step, setStep] = useState(0);
  const [dry, setDry] = useState(null);
  const [problem, setProblem] = useState(null);
  const [busy, setBusy] = useState(false);
  const title = useRef(null);
  // What is asked for otherwise is another replay; of another mode, its states are others.
  const set = (name, value) => setForm((before) => ({ ...before, ...(name === 'mode' && { status: '' }), [name]: value, id: freshId() }));
  const turn = (to) => {
    setProblem(null);
    setStep(to);
  };
  useLayoutEffect(() => {
    if (step > 0) {
      title.current.focus();
    }
  }, [step]);

  const next = async () => {
    if (step === 0) {
      setDry(await post('/operations/replays', bodyOf(form, true)));
      turn(1);
    } else if (step < 3) {
      turn(step + 1);
    } else {
      const made = await post('/operations/replays', bodyOf(form, false));
      announce(`The replay ${made.replay_id} runs.`);
      go(['replays', made.replay_id]);
    }
  };
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await next();
    } catch (failure) {
      setProblem(failure instanceof Problem ? failure : new Problem(0, { title: 'Not sent', detail: failure.message }));
    }
    setBusy(false);
  };

  const verbs = ['Dry run', 'To the canary', 'To the last look', MODES[form.mode].verb];
  const nothing = step === 1 && dry.matched - (dry.left_out || 0) <= 0;
  return html`<p><a href=${to(['replays'])}>All replays</a></p><${Head} title="New replay" /><${Steps} step=${step} />
    <form class="wizard" onSubmit=${submit}>
      <h2 ref=${title} tabindex="-1">${STEPS[step]}</h2>
      ${step === 0 && html`<${Select} form=${form} set=${set} left=${leftOut(given)} />`}
      ${step === 1 && html`<${DryRun} dry=${dry} />`}
      ${step === 2 && html`<${Canary} form=${form} set=${set} />`}
      ${step === 3 && html`<${Go} form=${form} set=${set} dry=${dry} />`}
      ${problem && html`<${ProblemBox} problem=${problem} what="/operations/replays" />`}
      <div class="actions">
        ${!nothing && html`<button type="submit" class=${step === 3 ? 'danger' : 'primary'} disabled=${busy}>${busy ? 'Being asked …' : verbs[step]}</button>`}
        ${step > 0 && html`<button type="button" onClick=${() => turn(step - 1)}>Back</button>`}
      </div>
    </form>`;
}
