/** A replay as the API wants it, out of the fields of the wizard. */

import { fromLocal } from '../format.js';
import { tagsOf } from './filter.js';

export const MODES = {
  failed: { name: 'Failed', text: 'Failed and expired jobs get a new series of attempts, under their own ids.', verb: 'Redrive' },
  missing: { name: 'Missing', text: 'Jobs that are in no queue, under no lease and under no timer are sent again.', verb: 'Send again' },
  force: { name: 'Force', text: 'Jobs that have ended run again as new jobs. Their effects are doubled, on purpose.', verb: 'Run again' },
  project: { name: 'Project', text: 'A range of the log is folded into the table again. No job runs.', verb: 'Fold again' },
};

export const NOTHING = {
  mode: 'failed', tenant: '', type: '', queue: '', status: '', error: '', tags: '', ids: '',
  created_after: '', created_before: '', finished_after: '', finished_before: '',
  topic: '', partition: '', from_offset: '', to_offset: '', from_time: '', to_time: '',
  canary: '10', rate: '50', stop_at: '20', most: '3', reason: '',
};

/** What the list of jobs was narrowed to, as far as a replay can be. */
export function fromFilter(filter) {
  const known = Object.fromEntries(Object.entries(filter).filter(([name]) => name in NOTHING && name !== 'reason'));
  return { ...NOTHING, ...known, created_after: filter.after || filter.created_after || '', created_before: filter.before || filter.created_before || '' };
}

const words = (text) => text.split(/[\s,]+/).filter(Boolean);
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
  const runs = form.mode !== 'project';
  return given({
    mode: form.mode,
    select: selectOf(form),
    reason: textOf(form.reason),
    dry_run: dry,
    canary: runs ? numberOf(form.canary) : undefined,
    rate_per_second: numberOf(form.rate),
    stop_at_failure_rate: runs ? percentOf(form.stop_at) : undefined,
    most_per_job: runs ? numberOf(form.most) : undefined,
  });
}
