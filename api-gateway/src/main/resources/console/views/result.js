/** What a job made: saved as a file, or shown if it is short text. It is fetched with the token, so no plain link can. */

import { html, useState } from '../lib/preact.js';
import { Problem, ask, segment } from '../api.js';
import { bytes } from '../format.js';
import { ProblemBox } from '../parts/ui.js';

const SHOWN = 64 * 1024;
const SAVED = 512 * 1024 * 1024;
const TEXT = /^(text\/|application\/(.*\+)?json\b|application\/x-ndjson)/;

/** The name that the server gives the file. */
function nameOf(answer, id) {
  const said = answer.headers.get('Content-Disposition') || '';
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(said);
  const plain = /filename="([^"]*)"/.exec(said);
  try {
    return (encoded && decodeURIComponent(encoded[1])) || (plain && plain[1]) || id;
  } catch {
    return id;
  }
}

async function fetched(job) {
  return ask('GET', `/operations/jobs/${segment(job.job_id)}/result`, { accept: '*/*' });
}

async function save(job) {
  const answer = await fetched(job);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = nameOf(answer, job.job_id);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function text(job) {
  const said = await (await fetched(job)).text();
  try {
    return JSON.stringify(JSON.parse(said), null, 2);
  } catch {
    return said;
  }
}

export function Result({ job }) {
  const [shown, setShown] = useState(null);
  const [problem, setProblem] = useState(null);
  const { content_type: type, size_bytes: size } = job.result || {};
  const attempt = (act) => async () => {
    setProblem(null);
    try {
      await act();
    } catch (failure) {
      setProblem(failure instanceof Problem ? failure : new Problem(0, { title: 'Not fetched', detail: failure.message }));
    }
  };
  return html`<section aria-labelledby="result"><h2 id="result">Result</h2>
    <p>${type || 'unknown'}, ${bytes(size)}</p>
    ${size > SAVED
      ? html`<p class="quiet">That is too much for this page: <code>accepted result ${job.job_id} -o FILE</code> fetches it.</p>`
      : html`<div class="actions"><button type="button" onClick=${attempt(() => save(job))}>Save as a file</button>
          ${TEXT.test(type) && size <= SHOWN && html`<button type="button" onClick=${attempt(async () => setShown(await text(job)))}>Show</button>`}</div>`}
    ${problem && html`<${ProblemBox} problem=${problem} />`}
    ${shown !== null && html`<pre class="json" tabindex="0" role="group" aria-label="Result">${shown}</pre>`}</section>`;
}
