/** What came of an act: said once, where a screen reader hears it, and taken away after a while. */

import { html, useEffect, useState } from '../lib/preact.js';

const SHOWN = 7_000;
let tell = () => {};

/** @param link {href, text} of where to look further */
export function announce(text, link = null) {
  tell({ text, link });
}

export function Announcer() {
  const [said, setSaid] = useState(null);
  useEffect(() => {
    tell = setSaid;
    return () => {
      tell = () => {};
    };
  }, []);
  useEffect(() => {
    const timer = said && setTimeout(() => setSaid(null), SHOWN);
    return () => clearTimeout(timer);
  }, [said]);
  return html`<div class="announcer" role="status">${said && html`<p>${said.text}${said.link && html`${' '}<a href=${said.link.href}>${said.link.text}</a>`}
    <button type="button" class="plain" aria-label="Take this message away" onClick=${() => setSaid(null)}>✕</button></p>`}</div>`;
}
