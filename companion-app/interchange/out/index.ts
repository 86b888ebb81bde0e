export { edlParts, writeEdl } from './edl';
export { writeFcp7Xml } from './fcp7-xml';
export { writeFcpXml } from './fcpxml';
export { writeOtio } from './otio';
export { writeAle, writeShotList } from './shot-list';
export type { MediaNaming } from './media-url';
