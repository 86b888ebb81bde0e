/** Single keys for the whole page, wherever they mean nothing else. */
import { useEffect, useRef } from 'react';

/** Where keys are typed or already mean something. */
const TYPING = 'textarea, select, input:not([type="range"]), [role="listbox"], [contenteditable]';
/** Where space and the arrows have their own meaning. */
const OWN = 'button, a, input[type="range"], [role="radio"], summary';

/** `press` is told the key as the event names it, letters in lower case; true where it did something. Nothing is told while not `listening`. */
export function useKeys(press: (key: string) => boolean, listening: boolean): void {
  const newest = useRef({ press, listening });
  newest.current = { press, listening };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { target, ctrlKey, metaKey, altKey } = event;
      if (ctrlKey || metaKey || altKey || event.isComposing || !(target instanceof Element)) return;
      if (!newest.current.listening || target.closest(TYPING)) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const slider = target.closest('input[type="range"]') !== null;
      if (key === ' ' && target.closest(OWN) && !slider) return;
      if (key.startsWith('Arrow') && slider) return;
      if (newest.current.press(key)) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}
