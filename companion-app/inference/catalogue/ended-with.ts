/**
 * A controller that is aborted when `outer` is. Release it when the work is done.
 * Not AbortSignal.any: in Node 20 what it gives may be collected while it is waited for, and then never aborts.
 */
export function endedWith(outer: AbortSignal): { readonly controller: AbortController; release(): void } {
  const controller = new AbortController();
  const relay = (): void => controller.abort(outer.reason);
  if (outer.aborted) relay();
  else outer.addEventListener('abort', relay, { once: true });
  return { controller, release: () => outer.removeEventListener('abort', relay) };
}
