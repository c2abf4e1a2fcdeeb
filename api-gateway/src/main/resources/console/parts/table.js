/** Tables: a caption, headers of columns, rows that begin with a header of their own. */

import { html } from '../lib/preact.js';

/**
 * @param columns {name, cell: row => content, number?: right-aligned, wide?: left out on a narrow screen}; the first is the
 *     row's header
 * @param empty what is said when there are no rows
 */
export function Table({ caption, columns, rows, rowKey, empty, shown = false }) {
  if (rows.length === 0) {
    return html`<p class="empty">${empty}</p>`;
  }
  const kind = (column) => [column.number && 'number', column.wide && 'wide', column.grows && 'grows'].filter(Boolean).join(' ');
  return html`<div class="scroll" role="group" aria-label=${caption} tabindex="0"><table>
    <caption class=${shown ? '' : 'unseen'}>${caption}</caption>
    <thead><tr>${columns.map((column) => html`<th scope="col" class=${kind(column)}>${column.name}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr key=${rowKey(row)}>${columns.map((column, place) => (place === 0
      ? html`<th scope="row" class=${kind(column)}>${column.cell(row)}</th>`
      : html`<td class=${kind(column)}>${column.cell(row)}</td>`))}</tr>`)}</tbody>
  </table></div>`;
}
