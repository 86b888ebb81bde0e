/** How a clip was made, as an XMP packet: IPTC's digital source type, the tool, engine, pack, styles, seed and boards. */
import { z } from 'zod';
import type { Making } from '../making';
import { SOURCE_TYPES, sourceTypeUri, type SourceType } from './source-type';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string =>
  text.replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '').replace(/[&<>"]/g, (c) => ENTITIES[c] ?? c);

const NAMESPACE = 'https://inbetween.invalid/ns/making/1.0/';

/** The packet, UTF-8 text. The making goes in whole, as JSON, beside what other programs read. */
export function xmpPacket(making: Making, title: string | undefined): string {
  const properties: [string, string][] = [
    ['Iptc4xmpExt:DigitalSourceType', sourceTypeUri(making)],
    ['xmp:CreatorTool', `Inbetween ${making.version}`],
    ['inbetween:engine', making.engine],
    ...(making.pack
      ? [['inbetween:pack', `${making.pack.name} ${making.pack.sha256}`] satisfies [string, string]]
      : []),
    [
      'inbetween:styles',
      (making.styles ?? []).map(({ name, sha256, weight }) => `${name} ${sha256} ${weight}`).join('; '),
    ],
    ['inbetween:seed', String(making.seed)],
    ['inbetween:boards', making.boards.join(' ')],
    ['inbetween:making', JSON.stringify(making)],
  ];
  const attributes = properties
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `\n   ${name}="${escaped(value)}"`)
    .join('');
  const named = title
    ? `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped(title)}</rdf:li></rdf:Alt></dc:title>`
    : '';
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
   xmlns:dc="http://purl.org/dc/elements/1.1/"
   xmlns:xmp="http://ns.adobe.com/xap/1.0/"
   xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
   xmlns:inbetween="${NAMESPACE}"${attributes}>${named}</rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`;
}

const zSourceType = z.enum(SOURCE_TYPES);

/** The digital source type a packet names; null where it names none that is known here. */
export function sourceTypeIn(xmp: string): SourceType | null {
  const uri = /DigitalSourceType\s*(?:=\s*"([^"]*)"|>([^<]*)<)/.exec(xmp);
  const name = (uri?.[1] ?? uri?.[2] ?? '').trim().split('/').at(-1);
  const parsed = zSourceType.safeParse(name);
  return parsed.success ? parsed.data : null;
}
