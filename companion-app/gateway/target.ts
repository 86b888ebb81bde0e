/** What a request asks for. Not read as a URL: "//name/…" would be another host there, and some texts none at all. */
export interface Target {
  /** As sent, before any "?" or "#". */
  readonly path: string;
  readonly query: URLSearchParams;
}

export function targetOf(url: string | undefined): Target {
  const [, path = '/', query = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(url ?? '/') ?? [];
  return { path: path === '' ? '/' : path, query: new URLSearchParams(query) };
}
