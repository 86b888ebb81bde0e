export { fetchClip, type ClipWay, type FetchPiece } from './clips';
export { COMPANION_URLS, type Door } from './connector';
export type { EventQuery } from './events';
export { createLink, type CutTake, type Link, type LinkOptions, type SubmitReply, type Upload } from './link';
export { readerOf, sha256OfBoard, sha256OfBytes } from './sha256';
export type { BoardReader, LinkClock, LinkSocket, OpenSocket, TokenStore } from './socket';
export type { LinkState } from './state';
export type { UploadOrder } from './upload';
