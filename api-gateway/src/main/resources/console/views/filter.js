/** What a list of jobs is narrowed to: fields, the query of the API, and whether a job that changed belongs to the list. */

import { fromLocal } from '../format.js';

export const STATUSES = ['queued', 'processing', 'cancelling', 'succeeded', 'failed', 'cancelled', 'rejected', 'expired'];

/** `team=red shop=7` as names and values; what has no `=` is a name whose value is empty. */
export function tagsOf(text = '') {
  return Object.fromEntries(text.split(/[\s,]+/).filter(Boolean).map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
  }));
}

/** The query of `GET /operations/jobs`. */
export function queryOf(filter) {
  const query = {
    status: filter.status,
    type: filter.type,
    tenant: filter.tenant,
    queue: filter.queue,
    error: filter.error,
    client_reference: filter.reference,
    batch_id: filter.batch,
    created_after: fromLocal(filter.after),
    created_before: fromLocal(filter.before),
  };
  Object.entries(tagsOf(filter.tags)).forEach(([name, value]) => {
    query[`tag.${name}`] = value;
  });
  return query;
}

const listed = (wanted, value) => !wanted || wanted.split(',').map((each) => each.trim()).includes(value);
const is = (wanted, value) => !wanted || wanted === value;

/** Whether a job is one of those that the filter lets through. */
export function matches(filter, job) {
  const said = `${job.error?.title || ''}\n${job.error?.detail || ''}`.toLowerCase();
  const after = fromLocal(filter.after);
  const before = fromLocal(filter.before);
  return listed(filter.status, job.status)
    && listed(filter.type, job.type)
    && listed(filter.tenant, job.tenant)
    && listed(filter.queue, job.queue)
    && is(filter.reference, job.client_reference)
    && is(filter.batch, job.batch_id)
    && (!filter.error || said.includes(filter.error.toLowerCase()))
    && (!after || new Date(job.created_at) >= new Date(after))
    && (!before || new Date(job.created_at) < new Date(before))
    && Object.entries(tagsOf(filter.tags)).every(([name, value]) => job.tags?.[name] === value);
}

/** The list with what changed: known jobs where they stand, new ones in front, newest first. */
export function merged(items, changed, filter, most) {
  const news = new Map(changed.map((job) => [job.job_id, job]));
  const known = items.map((job) => {
    const now = news.get(job.job_id);
    news.delete(job.job_id);
    return now && now.version >= job.version ? now : job;
  });
  const fresh = [...news.values()]
    .filter((job) => matches(filter, job) && (items.length === 0 || job.created_at >= items[0].created_at))
    .sort((one, other) => (one.created_at < other.created_at ? 1 : -1));
  return [...fresh, ...known].slice(0, Math.max(most, items.length));
}
