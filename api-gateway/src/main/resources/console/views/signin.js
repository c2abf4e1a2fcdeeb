/** Who nobody knows yet pastes a token, which is tried before anything is shown. */

import { html, useEffect, useLayoutEffect, useRef, useState } from '../lib/preact.js';
import { ProblemBox } from '../parts/ui.js';
import { refused, signIn, takeHandedOver } from '../session.js';

export function SignIn() {
  const problem = refused();
  const field = useRef(null);
  const [given, setGiven] = useState('');
  useLayoutEffect(() => {
    document.title = 'Sign in · Accepted console';
    field.current.focus();
  }, []);
  // A fragment with a token in it may come while this page is shown; the router is not there yet.
  useEffect(() => {
    addEventListener('hashchange', takeHandedOver);
    return () => removeEventListener('hashchange', takeHandedOver);
  }, []);
  const submit = (event) => {
    event.preventDefault();
    if (given.trim()) {
      signIn(given);
    }
  };
  return html`<main class="signin">
    <h1><img src="/console/icon.svg" alt="" width="28" height="28" /> Accepted console</h1>
    ${problem && html`<${ProblemBox} problem=${problem} />`}
    <form onSubmit=${submit}>
      <label for="token">Bearer token with the scope <code>operations</code></label>
      <textarea id="token" ref=${field} name="token" rows="5" required spellcheck=${false} autocomplete="off" autocapitalize="off"
        aria-describedby="token-note" value=${given} onInput=${(event) => setGiven(event.target.value)}></textarea>
      <p id="token-note" class="quiet small">It is kept in this tab until you sign out or close it. For a system on this machine${' '}
        <code>./accepted console</code> prints an address that brings its token along.</p>
      <div class="actions"><button type="submit" class="primary">Sign in</button></div>
    </form>
  </main>`;
}
