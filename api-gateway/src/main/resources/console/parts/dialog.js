/** The one dialog: says what is about to happen, asks for a reason, does it, and shows what the server had against it. */

import { html, useEffect, useRef, useState } from '../lib/preact.js';
import { Problem } from '../api.js';
import { announce } from './announce.js';
import { ProblemBox } from './ui.js';

export const LONGEST_REASON = 255;
let open = () => {};

/**
 * Asks, and does it.
 *
 * @param act {title, text, verb, danger?, noReason?, fields?: content, act: async (reason, form) => what to announce}
 */
export function confirm(act) {
  open(act);
}

export function Dialog() {
  const [act, setAct] = useState(null);
  useEffect(() => {
    open = setAct;
    return () => {
      open = () => {};
    };
  }, []);
  return act && html`<${Opened} act=${act} closed=${() => setAct(null)} />`;
}

function Opened({ act, closed }) {
  const [problem, setProblem] = useState(null);
  const [busy, setBusy] = useState(false);
  const box = useRef(null);
  useEffect(() => {
    box.current.showModal();
  }, []);

  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const form = new FormData(event.target);
      const said = await act.act(String(form.get('reason') || '').trim(), form);
      box.current?.close();
      announce(said.text || said, said.link);
    } catch (failure) {
      setProblem(failure instanceof Problem ? failure : new Problem(0, { title: 'Not sent', detail: failure.message }));
      setBusy(false);
    }
  };

  return html`<dialog ref=${box} aria-labelledby="dialog-title" onClose=${closed}>
    <form onSubmit=${submit}>
      <h2 id="dialog-title">${act.title}</h2>
      ${act.text && html`<p>${act.text}</p>`}
      ${act.fields}
      ${!act.noReason && html`<label for="reason">Reason</label>
        <textarea id="reason" name="reason" required maxlength=${LONGEST_REASON} rows="2" aria-describedby="reason-note"
          onInput=${(event) => event.target.setCustomValidity(event.target.value.trim() ? '' : 'Say why.')}></textarea>
        <p id="reason-note" class="quiet small">It is kept with your name, for whoever looks later.</p>`}
      ${problem && html`<${ProblemBox} problem=${problem} />`}
      <div class="actions">
        <button type="submit" class=${act.danger ? 'danger' : 'primary'} disabled=${busy}>${busy ? 'Being sent …' : act.verb}</button>
        <button type="button" onClick=${() => box.current.close()}>Leave it</button>
      </div>
    </form>
  </dialog>`;
}
