/** An XML element, read only. */
export class XmlElement {
  constructor(
    readonly name: string,
    readonly attributes: Readonly<Record<string, string>>,
    readonly children: readonly XmlElement[],
    /** Its own text, entities resolved, trimmed. */
    readonly ownText: string,
  ) {}

  /** The element at the end of a path of first children, or undefined. */
  at(...names: string[]): XmlElement | undefined {
    return names.reduce<XmlElement | undefined>((from, name) => from?.children.find((c) => c.name === name), this);
  }

  /** Children of these names, in order; all children without names. */
  all(...names: string[]): XmlElement[] {
    return names.length === 0 ? [...this.children] : this.children.filter((child) => names.includes(child.name));
  }

  /** Text at the end of a path; empty where there is none. */
  text(...names: string[]): string {
    return this.at(...names)?.ownText ?? '';
  }

  /** A finite number at the end of a path, or undefined. */
  number(...names: string[]): number | undefined {
    const text = this.text(...names);
    const value = Number(text);
    return text === '' || !Number.isFinite(value) ? undefined : value;
  }

  /** "TRUE" and "1" are true, "FALSE" and "0" false; `otherwise` where nothing is said. */
  flag(otherwise: boolean, ...names: string[]): boolean {
    const text = this.text(...names).toLowerCase();
    return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : otherwise;
  }

  /** This element and all below it, in document order. */
  *deep(): Generator<XmlElement> {
    const open: XmlElement[] = [this];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      yield next;
      for (let i = next.children.length - 1; i >= 0; i -= 1) {
        const child = next.children[i];
        if (child) open.push(child);
      }
    }
  }

  /** All text in it, in order, joined by spaces. */
  allText(): string {
    return [...this.deep()]
      .map((element) => element.ownText)
      .filter((text) => text !== '')
      .join(' ');
  }
}
