/**
 * Stand-ins for UXP's built-in `sp-*` widgets, on Spectrum Web Components: those of the same name as they are, those of another
 * name or make wrapped, with UXP's attributes and events. [D] names and attributes from Adobe's UXP reference.
 */
import '@spectrum-web-components/bundle/elements.js';

/** A wrapper whose inner widget follows its attributes. */
abstract class Wrapped extends HTMLElement {
  protected inner: HTMLElement | null = null;

  abstract make(): HTMLElement;

  connectedCallback(): void {
    if (this.inner) return;
    this.inner = this.make();
    (this.shadowRoot ?? this.attachShadow({ mode: 'open', delegatesFocus: true })).append(this.inner);
    this.follow();
    new MutationObserver(() => this.follow()).observe(this, {
      attributes: true,
      childList: true,
      subtree: true,
      characterData: true,
    });
  }

  /** Takes over what has changed outside. */
  follow(): void {
    for (const name of ['label', 'placeholder', 'size', 'disabled', 'aria-label', 'min', 'max', 'step']) {
      const value = this.getAttribute(name);
      // An empty label is a text to Spectrum, an absent one is null and breaks it.
      if (value === null && name === 'label') continue;
      if (value === null) this.inner?.removeAttribute(name);
      else this.inner?.setAttribute(name, value);
    }
  }

  /** [D] Its events bubble out of the widget itself. */
  protected tell(name: string): void {
    this.dispatchEvent(new Event(name, { bubbles: true }));
  }
}

/** [D] sp-dropdown holds an sp-menu in its slot "options"; `selectedIndex` counts its items. */
class Dropdown extends Wrapped {
  selectedIndex = -1;

  make(): HTMLElement {
    const picker = document.createElement('sp-picker');
    picker.style.minInlineSize = '0';
    picker.style.inlineSize = '100%';
    picker.addEventListener('change', (event) => {
      event.stopPropagation(); // it would leave the wrapper, and be heard twice
      this.selectedIndex = Number(Reflect.get(picker, 'value'));
      this.tell('change');
    });
    return picker;
  }

  override follow(): void {
    super.follow();
    const { inner } = this;
    if (!inner) return;
    const items = Array.from(this.querySelectorAll<HTMLElement>('sp-menu-item'));
    const text = items.map((item) => item.textContent).join('\n');
    if (inner.dataset['items'] !== text) {
      inner.dataset['items'] = text;
      inner.replaceChildren(
        ...items.map((item, i) => {
          const copy = document.createElement('sp-menu-item');
          copy.setAttribute('value', String(i));
          copy.textContent = item.textContent;
          return copy;
        }),
      );
    }
    this.selectedIndex = items.findIndex((item) => item.hasAttribute('selected'));
    Reflect.set(inner, 'value', this.selectedIndex < 0 ? '' : String(this.selectedIndex));
    inner.setAttribute('label', this.getAttribute('aria-label') ?? '');
    inner.dataset['value'] = String(this.selectedIndex);
  }
}

abstract class Field extends Wrapped {
  private wanted = '';

  get value(): string {
    return this.inner ? String(Reflect.get(this.inner, 'value')) : this.wanted;
  }

  set value(value: string) {
    this.wanted = value;
    if (this.inner) Reflect.set(this.inner, 'value', value);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.inner) Reflect.set(this.inner, 'value', this.wanted);
  }

  make(): HTMLElement {
    const field = document.createElement('sp-textfield');
    if (this instanceof TextArea) Reflect.set(field, 'multiline', true);
    field.style.inlineSize = '100%';
    field.addEventListener('change', (event) => {
      event.stopPropagation();
      this.tell('change');
    });
    return field;
  }
}
class TextArea extends Field {}

class ProgressBar extends Wrapped {
  make(): HTMLElement {
    const bar = document.createElement('sp-progress-bar');
    bar.style.inlineSize = '100%';
    return bar;
  }

  override follow(): void {
    super.follow();
    if (this.inner) Reflect.set(this.inner, 'progress', Number(this.getAttribute('value')));
  }
}

customElements.define('sp-dropdown', Dropdown);
customElements.define('sp-textarea', TextArea);
customElements.define('sp-progressbar', ProgressBar);

/** [D] UXP's button has a variant `warning`; Spectrum's own name for it is `negative`. */
const button: unknown = customElements.get('sp-button')?.prototype;
if (typeof button === 'object' && button !== null)
  Reflect.set(button, 'setAttribute', function (this: HTMLElement, name: string, value: string): void {
    const known = name === 'variant' && value === 'warning' ? 'negative' : value;
    HTMLElement.prototype.setAttribute.call(this, name, known);
  });
