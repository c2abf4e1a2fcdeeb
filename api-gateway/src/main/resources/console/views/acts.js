/** What can be done with one job. A retry and a forced run are replays of one. */

import { post, segment } from '../api.js';
import { confirm } from '../parts/dialog.js';
import { to } from '../router.js';
import { freshId } from './selection.js';

export function cancel(job, done) {
  confirm({
    title: 'Cancel this job?',
    text: job.status === 'processing'
      ? 'Its worker is told to stop. It is cancelled as soon as the attempt ends.'
      : 'It waits, and will not run.',
    verb: 'Cancel the job',
    danger: true,
    act: async (reason) => {
      const now = await post(`/operations/jobs/${segment(job.job_id)}/cancel`, { reason });
      done();
      return `The job is ${now.status}.`;
    },
  });
}

async function replay(id, mode, job, reason, done) {
  const made = await post('/operations/replays', { replay_id: id, mode, select: { ids: [job.job_id] }, reason, dry_run: false });
  done();
  return { text: 'It was asked for as a replay of one job:', link: { href: to(['replays', made.replay_id]), text: `replay ${made.replay_id}` } };
}

export function retry(job, done) {
  const id = freshId();
  confirm({
    title: 'Retry this job?',
    text: 'It goes back to its queue with the next attempt and its own id; what it checkpointed counts.',
    verb: 'Retry',
    act: (reason) => replay(id, 'failed', job, reason, done),
  });
}

export function force(job, done) {
  const id = freshId();
  confirm({
    title: 'Run this job again as a new one?',
    text: 'It has ended, and its effects may have happened. They are doubled on purpose: a new job with the same input runs, which names this one as what it is a replay of.',
    verb: 'Run it again',
    danger: true,
    act: (reason) => replay(id, 'force', job, reason, done),
  });
}
