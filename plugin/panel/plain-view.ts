/** The panel's first face: connection, pairing, two buttons, and a line a shot. Plain elements that UXP has; no grid, no transitions. */
import type { Problem } from '../../shared/problem';
import type { AnimatorView } from './animator';

export interface PlainActions {
  pair(code: string): void;
  connect(): void;
  animateSequence(): void;
  animateSelection(): void;
  placeAgain(): void;
}

const words = (problem: Problem): string => [problem.message, problem.safe, problem.action].filter(Boolean).join(' ');

export interface PlainView extends AnimatorView {
  connection(text: string, askForCode: boolean): void;
}

/** Builds the elements inside `root` and returns the view that fills them. */
export function plainView(root: HTMLElement, actions: PlainActions): PlainView {
  const add = (parent: HTMLElement, tag: string, text = ''): HTMLElement => {
    const element = document.createElement(tag);
    element.textContent = text;
    parent.appendChild(element);
    return element;
  };
  const button = (parent: HTMLElement, text: string, act: () => void): HTMLElement => {
    const element = add(parent, 'sp-button', text);
    element.addEventListener('click', act);
    return element;
  };
  const row = (): HTMLElement => {
    const element = add(root, 'div');
    element.className = 'row';
    return element;
  };
  add(root, 'sp-heading', 'Inbetween');
  const state = add(root, 'sp-body', 'Not connected');
  const pairing = row();
  const code = add(pairing, 'sp-textfield');
  code.setAttribute('placeholder', 'six digits');
  button(pairing, 'Pair', () => actions.pair(String(Reflect.get(code, 'value'))));
  button(pairing, 'Connect', () => actions.connect());
  pairing.style.display = 'none';
  const act = row();
  button(act, 'Animate selection', () => actions.animateSelection());
  button(act, 'Animate sequence', () => actions.animateSequence());
  button(act, 'Place again', () => actions.placeAgain());
  const trouble = add(root, 'sp-body');
  const list = add(root, 'div');
  const lines = new Map<string, HTMLElement>();
  const line = (key: string, text: string): void => {
    const element = lines.get(key) ?? add(list, 'sp-body');
    lines.set(key, element);
    element.textContent = text;
  };
  return {
    connection(text, askForCode) {
      state.textContent = text;
      pairing.style.display = askForCode ? 'flex' : 'none';
    },
    submitting: ({ shotName, shot, of, stage }) => line('submitting', `${shot + 1} of ${of}: ${shotName}, ${stage}`),
    event: (event) => line(event.jobId, `${event.shotName}: ${event.problem ? words(event.problem) : event.state}`),
    progress: ({ jobId, stage, done, of }) => {
      const element = lines.get(jobId);
      if (element) element.textContent = `${element.textContent.replace(/:.*/s, '')}: ${stage} ${done} of ${of}`;
    },
    home: ({ jobId, shotName, problem }) => line(jobId, `${shotName}: ${problem ? words(problem) : 'placed'}`),
    trouble: (problem) => {
      trouble.textContent = words(problem);
    },
  };
}
