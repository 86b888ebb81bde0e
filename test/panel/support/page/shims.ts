/** Node's modules as the simulator uses them, for a page: files and sockets through the bridge. */
import { pack, unpack } from '../wire';

async function ask(area: string, name: string, args: readonly string[], body?: BodyInit): Promise<Response> {
  const query = args.map((arg) => `arg=${encodeURIComponent(arg)}`).join('&');
  const response = await fetch(`/${area}/${name}?${query}`, {
    method: 'POST',
    ...(body === undefined ? {} : { body }),
  });
  if (response.ok) return response;
  const why = unpack(await response.text());
  const message =
    typeof why === 'object' && why !== null && 'message' in why ? String(why.message) : 'The bridge failed.';
  const code = typeof why === 'object' && why !== null && 'code' in why ? String(why.code) : '';
  throw Object.assign(new Error(message), { code });
}

const told = async (area: string, name: string, args: readonly string[], body?: BodyInit): Promise<unknown> =>
  unpack(await (await ask(area, name, args, body)).text());

const bytes = async (area: string, name: string, args: readonly string[], body?: BodyInit): Promise<Uint8Array> =>
  new Uint8Array(await (await ask(area, name, args, body)).arrayBuffer());

const facts = async (name: string, file: string): Promise<object> => {
  const read = await told('files', name, [file]);
  const known = typeof read === 'object' && read !== null ? read : {};
  return { ...known, isFile: () => 'file' in known && known.file === true };
};

type Data = string | Uint8Array<ArrayBuffer>;
export const readFile = (file: string): Promise<Uint8Array> => bytes('files', 'readFile', [file]);
export const writeFile = (file: string, data: Data): Promise<unknown> => told('files', 'writeFile', [file], data);
export const appendFile = (file: string, data: Data): Promise<unknown> => told('files', 'appendFile', [file], data);
export const lstat = (file: string): Promise<object> => facts('lstat', file);
export const stat = (file: string): Promise<object> => facts('stat', file);
export const rename = (from: string, to: string): Promise<unknown> => told('files', 'rename', [from, to]);
export const copyFile = (from: string, to: string): Promise<unknown> => told('files', 'copyFile', [from, to]);
export const unlink = (file: string): Promise<unknown> => told('files', 'unlink', [file]);
export const mkdir = (folder: string): Promise<unknown> => told('files', 'mkdir', [folder]);
export const rmdir = (folder: string): Promise<unknown> => told('files', 'rmdir', [folder]);
export const readdir = (folder: string): Promise<unknown> => told('files', 'readdir', [folder]);
export const rm = (file: string): Promise<unknown> => told('files', 'rm', [file]);

// Folders are made before the page begins, and go with it.
export const mkdirSync = (): void => undefined;
export const rmSync = (): void => undefined;
export const mkdtempSync = (): string => new URLSearchParams(location.search).get('folder') ?? '/';
export const tmpdir = (): string => '/';
export const fileURLToPath = (url: string): string => decodeURIComponent(new URL(url).pathname);

/** Paths of this machine: the tests run where "/" separates. */
function join(...parts: readonly string[]): string {
  const out: string[] = [];
  for (const part of parts.join('/').split('/')) {
    if (part === '..') out.pop();
    else if (part !== '' && part !== '.') out.push(part);
  }
  return `/${out.join('/')}`;
}
const basename = (file: string): string => file.slice(file.lastIndexOf('/') + 1);
const extname = (file: string): string => /[^/](\.[^./]*)$/.exec(file)?.[1] ?? '';
const sep = '/';
const resolve = (file: string): string => join(file);
const path = { join, basename, extname, sep, resolve };
export default path;

// Media: real ffprobe, real pictures.
export const probe = (file: string): Promise<unknown> => told('media', 'probe', [file]);
export const renderFrame = (
  project: unknown,
  sequence: unknown,
  at: bigint,
  width: number,
  height: number,
): Promise<Uint8Array> => bytes('media', 'frame', [], pack({ project, sequence, at, width, height }));

/** HTTP as UXP sends it: no Origin, no preflight. */
export const send = (url: string, init: RequestInit): Promise<Response> =>
  fetch(`/http/get?url=${encodeURIComponent(url)}`, init);

type Listener = (...args: never[]) => void;

/** The `ws` package's client, as far as the simulator's WebSocket uses it. */
export class WebSocket {
  private readonly socket: globalThis.WebSocket;
  private readonly listeners = new Map<string, Listener[]>();
  private open = false;
  private over = false;

  constructor(url: string) {
    this.socket = new globalThis.WebSocket(`ws://${location.host}/socket?url=${encodeURIComponent(url)}`);
    this.socket.binaryType = 'arraybuffer';
    this.socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!this.open) {
        this.open = true;
        this.emit('open');
      } else if (typeof data === 'string') this.emit('message', Buffer.from(data), false);
      else if (data instanceof ArrayBuffer) this.emit('message', Buffer.from(new Uint8Array(data)), true);
    };
    this.socket.onclose = ({ code, reason }) => {
      this.over = true;
      if (!this.open) this.emit('error', new Error('refused'));
      this.emit('close', this.open ? code : 1006, Buffer.from(reason));
    };
  }

  get readyState(): number {
    if (this.over) return 3;
    return this.open ? this.socket.readyState : 0;
  }

  get bufferedAmount(): number {
    return this.socket.bufferedAmount;
  }

  readonly protocol = '';

  on(name: string, listener: Listener): void {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
  }

  send(data: string | Uint8Array<ArrayBuffer>): void {
    this.socket.send(data);
  }

  close(code?: number, reason?: string): void {
    this.socket.close(code !== undefined && code >= 3000 ? code : 1000, reason);
  }

  private emit(name: string, ...args: unknown[]): void {
    for (const listener of this.listeners.get(name) ?? []) Reflect.apply(listener, undefined, args);
  }
}
