/** Records that nobody could read: look, send again, drop. */

import { html, useEffect, useState } from '../lib/preact.js';
import { page, post, remove, segment } from '../api.js';
import { useGet } from '../asking.js';
import { bytes } from '../format.js';
import { confirm } from '../parts/dialog.js';
import { Table } from '../parts/table.js';
import { Facts, Head, ProblemBox, Status, Waiting, When } from '../parts/ui.js';
import { to } from '../router.js';

const pathOf = (offset) => `/operations/dead/${segment(offset)}`;

function sendAgain(record, done) {
  confirm({
    title: `Send record ${record.offset} again?`,
    text: `It is appended once more to the topic that it came from (${record.from || 'unknown'}), as it was. Whatever could not be read then must have been mended.`,
    verb: 'Send again',
    danger: true,
    act: async (reason) => {
      const sent = await post(`${pathOf(record.offset)}/send`, undefined, { reason });
      done();
      return `Record ${record.offset} was sent to ${sent.sent_to}.`;
    },
  });
}

function drop(record, done) {
  confirm({
    title: `Drop record ${record.offset}?`,
    text: 'It is taken off the list; it stays in the log.',
    verb: 'Drop',
    danger: true,
    act: async (reason) => {
      await remove(pathOf(record.offset), { reason });
      done();
      return `Record ${record.offset} is off the list.`;
    },
  });
}

function Settled({ record }) {
  return record.settled
    ? html`<${Status} word="settled" /> <span class="small">${record.settled.outcome} by ${record.settled.by}</span>`
    : html`<${Status} word="dead" />`;
}

const COLUMNS = [
  { name: 'Offset', cell: (record) => html`<a href=${to(['dead', record.offset])}>${record.offset}</a>` },
  { name: 'Time', wide: true, cell: (record) => html`<${When} at=${record.time} />` },
  { name: 'From', wide: true, cell: (record) => html`<span class="id">${record.from || '–'}</span>` },
  { name: 'Why', grows: true, cell: (record) => html`<span class="said">${record.reason || '–'}</span>` },
  { name: 'Size', number: true, wide: true, cell: (record) => bytes(record.bytes) },
  { name: 'State', cell: (record) => html`<${Settled} record=${record} />` },
];

export function DeadRecords() {
  const [settled, setSettled] = useState(false);
  const [list, setList] = useState({ items: null, next: null, problem: null });
  const load = async (path, query, before, signal) => {
    try {
      const found = await page(path, query, signal);
      setList({ items: [...before, ...found.items], next: found.next, problem: null });
    } catch (problem) {
      if (!signal?.aborted) {
        setList((now) => ({ ...now, problem }));
      }
    }
  };
  useEffect(() => {
    const stop = new AbortController();
    load('/operations/dead', { settled: settled ? 'true' : '' }, [], stop.signal);
    return () => stop.abort();
  }, [settled]);
  return html`<${Head} title="Dead records" note="Records of the log that could not be read. They hold nobody up, and lie here until somebody settles them.">
      <label class="check"><input type="checkbox" checked=${settled} onChange=${(event) => setSettled(event.target.checked)} /> Settled ones too</label><//>
    ${list.problem && html`<${ProblemBox} problem=${list.problem} what="/operations/dead" />`}
    ${list.items && html`<${Table} caption="Dead records, newest first" columns=${COLUMNS} rows=${list.items} rowKey=${(record) => record.offset}
      empty=${settled ? 'There is none, settled or not.' : 'There is none that nobody has settled.'} />`}
    ${list.next && html`<button type="button" onClick=${() => load(list.next, {}, list.items)}>Older ones</button>`}
    ${!list.items && !list.problem && html`<${Waiting} />`}`;
}

function Value({ record }) {
  if (record.value !== undefined) {
    return html`<pre class="json" tabindex="0" role="group" aria-label="Value">${record.value}</pre>`;
  }
  return record.value_base64 === undefined
    ? html`<p class="empty">It has no value.</p>`
    : html`<p class="quiet">It is no text; in base64:</p><pre class="json wrapped" tabindex="0" role="group" aria-label="Value in base64">${record.value_base64}</pre>`;
}

const HEADERS = [
  { name: 'Header', cell: ([name]) => html`<code>${name}</code>` },
  { name: 'Value', grows: true, cell: ([, value]) => html`<span class="said">${value}</span>` },
];

export function DeadRecord({ offset }) {
  const { data: record, problem, again } = useGet(pathOf(offset));
  return html`<p><a href=${to(['dead'])}>All dead records</a></p>
    <${Head} title=${`Dead record ${offset}`}>${record && html`
      <button type="button" onClick=${() => sendAgain(record, again)}>Send again …</button>
      <button type="button" onClick=${() => drop(record, again)}>Drop …</button>`}<//>
    ${problem && html`<${ProblemBox} problem=${problem} />`}
    ${record && html`<${Facts} of=${[
      ['State', html`<${Settled} record=${record} />`],
      ['Why', html`<span class="said">${record.reason}</span>`],
      ['From', record.from],
      ['Key', record.key],
      ['Time', html`<${When} at=${record.time} />`],
      ['Size', bytes(record.bytes)],
      ['Settled', record.settled && html`<${When} at=${record.settled.at} />`],
      ['Sent to', record.settled?.sent_to],
      ['Reason', record.settled?.reason],
    ]} />
      <section aria-labelledby="headers"><h2 id="headers">Headers</h2>
        <${Table} caption="Headers" columns=${HEADERS} rows=${Object.entries(record.headers)} rowKey=${([name]) => name} empty="It has none." /></section>
      <section aria-labelledby="value"><h2 id="value">Value</h2><${Value} record=${record} /></section>`}
    ${!record && !problem && html`<${Waiting} />`}`;
}
