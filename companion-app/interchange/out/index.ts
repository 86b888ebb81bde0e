export { writeEdl } from './edl';
export { writeFcp7Xml } from './fcp7-xml';
export { writeOtio } from './otio';
export type { MediaNaming } from './media-url';
