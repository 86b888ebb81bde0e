/** What an xmeml file describes once and refers to afterwards by id: media files and sequences. */
import type { XmlElement } from '../../xml/element';

export class Library {
  private readonly whole = new Map<string, XmlElement>();

  constructor(root: XmlElement) {
    for (const element of root.deep()) {
      const { id } = element.attributes;
      if (id === undefined || element.children.length === 0) continue;
      const key = `${element.name} ${id}`;
      if (!this.whole.has(key)) this.whole.set(key, element);
    }
  }

  /** The full description behind an element that may only name it. */
  full(element: XmlElement): XmlElement {
    const { id } = element.attributes;
    return element.children.length > 0 || id === undefined
      ? element
      : (this.whole.get(`${element.name} ${id}`) ?? element);
  }
}
