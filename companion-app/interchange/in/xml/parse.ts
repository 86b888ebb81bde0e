/**
 * XML to elements, hardened: no entities of the file's own (they could grow without end or name other files), a bounded
 * depth, and nothing that is not well-formed.
 */
import { XMLParser } from 'fast-xml-parser';
import { IN_LIMITS } from '../file/limits';
import { FormatFault } from '../file/refuse';
import { XmlElement } from './element';
import { faultIn } from './well-formed';

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const CDATA = '#cdata';
const TEXT = '#text';
const ATTRIBUTES = ':@';

function entity(whole: string, name: string): string {
  if (!name.startsWith('#')) return NAMED[name] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  const legal = code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0x10ffff);
  return legal && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\uFFFD';
}

const resolved = (text: string): string => text.replace(/&(#x[0-9a-f]{1,8}|#\d{1,8}|[a-z]{2,4});/gi, entity);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

function textIn(value: unknown): string {
  const parts: readonly unknown[] = Array.isArray(value) ? value : [];
  return parts.map((part) => (isRecord(part) ? asText(part[TEXT]) : '')).join('');
}

function element(name: string, content: unknown, attributes: unknown): XmlElement {
  const own: Record<string, string> = {};
  if (isRecord(attributes)) for (const [key, value] of Object.entries(attributes)) own[key] = resolved(String(value));
  const children: XmlElement[] = [];
  let text = '';
  for (const part of Array.isArray(content) ? (content as unknown[]) : []) {
    if (!isRecord(part)) continue;
    for (const [key, value] of Object.entries(part)) {
      if (key === ATTRIBUTES || key.startsWith('?')) continue;
      if (key === TEXT) text += resolved(String(value));
      else if (key === CDATA) text += textIn(value);
      else children.push(element(key, value, part[ATTRIBUTES]));
    }
  }
  return new XmlElement(name, own, children, text.trim());
}

/** The root element. Throws FormatFault for anything that is not well-formed, too deep, or declares entities. */
export function parseXml(text: string): XmlElement {
  const source = text.replace(/^\uFEFF/, '');
  if (/<!ENTITY/i.test(source)) throw new FormatFault('it declares entities of its own, which are never followed');
  const fault = faultIn(source);
  if (fault !== null) throw new FormatFault(`it is not well-formed XML: ${fault}`);
  let parsed: unknown;
  try {
    parsed = new XMLParser({
      preserveOrder: true,
      ignoreAttributes: false,
      attributeNamePrefix: '',
      parseTagValue: false,
      parseAttributeValue: false,
      trimValues: false,
      processEntities: false,
      cdataPropName: CDATA,
      ignoreDeclaration: true,
      ignorePiTags: true,
      maxNestedTags: IN_LIMITS.xmlDepth,
    }).parse(source);
  } catch (error) {
    throw new FormatFault(`it is not XML that can be read (${error instanceof Error ? error.message : 'unknown'})`);
  }
  const roots = element('', parsed, undefined).children;
  const root = roots[0];
  if (root === undefined) throw new FormatFault('it holds no XML element');
  return root;
}
