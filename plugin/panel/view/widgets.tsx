/**
 * UXP's built-in widgets as components. Their states are attributes and their events are plain DOM events: both are set by
 * hand, since React's own ways with custom elements are those of browsers.
 */
import { createElement, useEffect, useLayoutEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';

type Attributes = Readonly<Record<string, string | boolean | number | undefined>>;
type Listeners = Readonly<Record<string, (event: Event) => void>>;

interface SpProps {
  readonly tag: string;
  readonly attributes?: Attributes;
  /** Properties to be kept at these values ("value", "checked"). */
  readonly properties?: Readonly<Record<string, string | number | boolean>>;
  readonly on?: Listeners;
  readonly className?: string;
  readonly children?: ReactNode;
}

/** One widget. Attributes that are false or undefined are absent; true ones are empty. */
export function Sp({ tag, attributes = {}, properties = {}, on = {}, className, children }: SpProps): ReactElement {
  const element = useRef<HTMLElement | null>(null);
  const listeners = useRef(on);
  listeners.current = on;
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    for (const [name, value] of Object.entries(attributes)) {
      if (value === undefined || value === false) current.removeAttribute(name);
      else current.setAttribute(name, value === true ? '' : String(value));
    }
    for (const [name, value] of Object.entries(properties))
      if (Reflect.get(current, name) !== value) Reflect.set(current, name, value);
  });
  const names = Object.keys(on).join(' ');
  useEffect(() => {
    const { current } = element;
    if (!current || names === '') return undefined;
    const added = names.split(' ').map((name) => {
      const listener = (event: Event): void => listeners.current[name]?.(event);
      current.addEventListener(name, listener);
      return () => current.removeEventListener(name, listener);
    });
    return () => added.forEach((remove) => remove());
  }, [names]);
  return createElement(tag, { ref: element, ...(className === undefined ? {} : { className }) }, children);
}

/** Text of a field, whatever the widget calls it. */
const valueOf = (event: Event): string => {
  const value: unknown = event.target === null ? '' : Reflect.get(event.target, 'value');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

const keyOf = (event: Event): string => {
  const key: unknown = Reflect.get(event, 'key');
  return typeof key === 'string' ? key : '';
};

interface ButtonProps {
  readonly text: string;
  readonly onPress: () => void;
  /** What it does, where the text alone does not say. */
  readonly label?: string;
  readonly variant?: 'cta' | 'primary' | 'secondary' | 'warning';
  readonly disabled?: boolean;
}

export function Button({ text, onPress, label, variant = 'secondary', disabled = false }: ButtonProps): ReactElement {
  return (
    <Sp tag="sp-button" attributes={{ variant, size: 's', disabled, 'aria-label': label }} on={{ click: onPress }}>
      {text}
    </Sp>
  );
}

interface ActionProps extends Omit<ButtonProps, 'variant'> {
  readonly pressed?: boolean;
  /** Opens what is below it: told to readers, not painted. */
  readonly expanded?: boolean;
  /** Something else shows that it is pressed. */
  readonly plain?: boolean;
  readonly quiet?: boolean;
  readonly className?: string;
}

export function ActionButton(props: ActionProps): ReactElement {
  const { text, onPress, label, pressed, expanded, plain = false, quiet = false, disabled = false, className } = props;
  const yes = (is: boolean): string => (is ? 'true' : 'false');
  const state = {
    ...(pressed === undefined ? {} : { selected: pressed && !plain, 'aria-pressed': yes(pressed) }),
    ...(expanded === undefined ? {} : { 'aria-expanded': yes(expanded) }),
  };
  return (
    <Sp
      tag="sp-action-button"
      {...(className === undefined ? {} : { className })}
      attributes={{ size: 's', quiet, disabled, 'aria-label': label, ...state }}
      on={{ click: onPress }}
    >
      {text}
    </Sp>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput?: (value: string) => void;
  /** Called when the field is left or Enter is pressed. */
  readonly onDone?: (value: string) => void;
  readonly onEnter?: (value: string) => void;
  readonly placeholder?: string;
  readonly type?: 'text' | 'number' | 'search';
  readonly area?: boolean;
  readonly className?: string;
}

/** Milliseconds after which a field that was left shows what came of its text. */
const SETTLED_MS = 2_000;

/** What is being typed stays as it is, whatever the panel draws anew meanwhile, until the value it was typed over changes. */
function useDraft(value: string) {
  const [draft, setDraft] = useState<{ readonly text: string; readonly left: boolean } | null>(null);
  useEffect(() => setDraft(null), [value]);
  useEffect(() => {
    if (draft?.left !== true) return undefined;
    const timer = setTimeout(() => setDraft(null), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  return { shown: draft?.text ?? value, write: (text: string, left: boolean) => setDraft({ text, left }) };
}

export function TextField(props: FieldProps): ReactElement {
  const { label, value, onInput, onDone, onEnter, placeholder = '', type = 'text', area = false, className } = props;
  const { shown, write } = useDraft(value);
  return (
    <Sp
      tag={area ? 'sp-textarea' : 'sp-textfield'}
      {...(className === undefined ? {} : { className })}
      attributes={{ size: 's', type, placeholder, label, 'aria-label': label }}
      properties={{ value: shown }}
      on={{
        input: (event) => {
          write(valueOf(event), false);
          onInput?.(valueOf(event));
        },
        change: (event) => {
          write(valueOf(event), true);
          onDone?.(valueOf(event));
        },
        keydown: (event) => {
          if (keyOf(event) !== 'Enter' || area) return;
          event.stopPropagation();
          onEnter?.(valueOf(event));
        },
      }}
    />
  );
}

interface CheckboxProps {
  readonly text: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly label?: string;
}

export function Checkbox({ text, checked, onChange, label }: CheckboxProps): ReactElement {
  const changed = (event: Event): void => {
    onChange(event.target !== null && Reflect.get(event.target, 'checked') === true);
  };
  return (
    <Sp
      tag="sp-checkbox"
      attributes={{ size: 's', 'aria-label': label }}
      properties={{ checked }}
      on={{ change: changed }}
    >
      {text}
    </Sp>
  );
}

interface DropdownProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly onChange: (value: T) => void;
}

export function Dropdown<T extends string>({ label, value, options, onChange }: DropdownProps<T>): ReactElement {
  const changed = (event: Event): void => {
    const index: unknown = event.target === null ? -1 : Reflect.get(event.target, 'selectedIndex');
    const chosen = typeof index === 'number' ? options[index] : undefined;
    if (chosen && chosen.value !== value) onChange(chosen.value);
  };
  return (
    <Sp tag="sp-dropdown" className="dropdown" attributes={{ size: 's', 'aria-label': label }} on={{ change: changed }}>
      <Sp tag="sp-menu" attributes={{ slot: 'options' }}>
        {options.map((option) => (
          <Sp key={option.value} tag="sp-menu-item" attributes={{ selected: option.value === value }}>
            {option.text}
          </Sp>
        ))}
      </Sp>
    </Sp>
  );
}

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly onDone: (value: number) => void;
}

export function Slider({ label, value, least, most, step, onDone }: SliderProps): ReactElement {
  return (
    <Sp
      tag="sp-slider"
      className="slider"
      // Its value is told above it, in the words of its unit.
      attributes={{
        ...{ min: least, max: most, step, size: 's', label, 'aria-label': label },
        ...{ 'show-value': 'false', 'label-visibility': 'none' },
      }}
      properties={{ value }}
      on={{ change: (event) => onDone(Number(valueOf(event))) }}
    />
  );
}

/** `done` from 0 to 1. */
export function ProgressBar({ done, label }: { readonly done: number; readonly label: string }): ReactElement {
  const percent = Math.round(Math.min(1, Math.max(0, done)) * 100);
  return (
    <Sp
      tag="sp-progressbar"
      className="progress"
      attributes={{ max: 100, value: percent, size: 's', 'aria-label': label }}
    />
  );
}

export const Divider = (): ReactElement => <Sp tag="sp-divider" attributes={{ size: 's' }} />;

interface TextProps {
  readonly children: ReactNode;
  readonly className?: string;
}

export function Heading({ children, level = 2 }: TextProps & { readonly level?: 1 | 2 | 3 }): ReactElement {
  const size = level === 1 ? 'S' : 'XS';
  return (
    <Sp tag="sp-heading" attributes={{ size, role: 'heading', 'aria-level': level }}>
      {children}
    </Sp>
  );
}

export function Body({ children, className }: TextProps): ReactElement {
  return (
    <Sp tag="sp-body" {...(className === undefined ? {} : { className })} attributes={{ size: 'S' }}>
      {children}
    </Sp>
  );
}

/** The name of what follows it. */
export function Label({ children }: TextProps): ReactElement {
  return (
    <Sp tag="sp-label" className="label">
      {children}
    </Sp>
  );
}
