/** A replay as the API wants it, out of the fields of the wizard. */

import { fromLocal } from '../format.js';
import { tagsOf } from './filter.js';

/** What a replay does, and in which states the jobs are that it takes. */
export const MODES = {
  failed: {
    name: 'Failed',
    text: 'Failed and expired jobs get a new series of attempts, under their own ids.',
    verb: 'Redrive',
    takes: ['failed', 'expired'],
  },
  missing: {
    name: 'Missing',
    text: 'Jobs that are in no queue, under no lease and under no timer are sent again.',
    verb: 'Send again',
    takes: ['queued', 'processing', 'cancelling'],
  },
  force: {
    name: 'Force',
    text: 'Jobs that have ended run again as new jobs. Their effects are doubled, on purpose.',
    verb: 'Run again',
    takes: ['succeeded', 'failed', 'cancelled', 'rejected', 'expired'],
  },
  project: {
    name: 'Project',
    text: 'The rows of jobs chosen by ids or by a part of a topic are written again, as the log says. Nothing is sent.',
    verb: 'Write again',
    takes: [],
  },
};

export const NOTHING = {
  mode: 'failed', tenant: '', type: '', queue: '', status: '', error: '', tags: '', ids: '',
  created_after: '', created_before: '', finished_after: '', finished_before: '',
  topic: '', partition: '', from_offset: '', to_offset: '', from_time: '', to_time: '',
  canary: '10', rate: '50', stop_at: '20', most: '10', reason: '',
};

const words = (text) => text.split(/[\s,]+/).filter(Boolean);

/** The first that takes jobs of all these states. */
function modeFor(status) {
  const fits = ([, { takes }]) => words(status).every((word) => takes.includes(word));
  return (Object.entries(MODES).find(fits) || ['force'])[0];
}

/** What the list of jobs was narrowed to, as far as a replay can be. */
export function fromFilter(filter) {
  const known = Object.fromEntries(Object.entries(filter).filter(([name]) => name in NOTHING && name !== 'reason'));
  return { ...NOTHING, mode: modeFor(filter.status || ''), ...known, created_after: filter.after || filter.created_after || '', created_before: filter.before || filter.created_before || '' };
}

/** A name for a replay, so that a request whose answer was lost can be sent again; also where only HTTP is spoken. */
export function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}

const listOf = (text) => (words(text).length ? words(text) : undefined);
const numberOf = (text) => (String(text).trim() === '' ? undefined : Number(text));
const textOf = (text) => text.trim() || undefined;

/** Without members that have no value; undefined if nothing is left. */
function given(members) {
  const left = Object.entries(members).filter(([, value]) => value !== undefined);
  return left.length ? Object.fromEntries(left) : undefined;
}

export function selectOf(form) {
  const tags = tagsOf(form.tags);
  return given({
    tenant: listOf(form.tenant),
    type: listOf(form.type),
    queue: listOf(form.queue),
    status: listOf(form.status),
    error: textOf(form.error),
    tags: Object.keys(tags).length ? tags : undefined,
    ids: listOf(form.ids),
    created_after: fromLocal(form.created_after),
    created_before: fromLocal(form.created_before),
    finished_after: fromLocal(form.finished_after),
    finished_before: fromLocal(form.finished_before),
    topic: given({
      name: textOf(form.topic),
      partition: numberOf(form.partition),
      from_offset: numberOf(form.from_offset),
      to_offset: numberOf(form.to_offset),
      from_time: fromLocal(form.from_time),
      to_time: fromLocal(form.to_time),
    }),
  }) || {};
}

const percentOf = (text) => (numberOf(text) === undefined ? undefined : numberOf(text) / 100);

/** @param dry whether it is only to be told what would happen */
export function bodyOf(form, dry) {
  return given({
    replay_id: dry ? undefined : form.id,
    mode: form.mode,
    select: selectOf(form),
    reason: textOf(form.reason),
    dry_run: dry,
    canary: form.mode === 'missing' || form.mode === 'project' ? undefined : numberOf(form.canary),
    rate_per_second: numberOf(form.rate),
    stop_at_failure_rate: percentOf(form.stop_at),
    most_per_job: numberOf(form.most),
  });
}
