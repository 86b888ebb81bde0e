/**
 * Names of browsers that a panel in UXP must not count on. [D] The first line is documented as missing; the others are not in
 * Adobe's UXP reference, or not for certain.
 */
export const LACKING: readonly string[] = [
  ...['TextEncoder', 'TextDecoder', 'structuredClone', 'queueMicrotask', 'MutationObserver', 'onerror'],
  ...['AbortController', 'AbortSignal', 'IntersectionObserver', 'ResizeObserver', 'requestIdleCallback'],
  ...['MessageChannel', 'BroadcastChannel', 'reportError', 'setImmediate', 'Worker', 'SharedWorker', 'Notification'],
  ...[
    'indexedDB',
    'caches',
    'navigation',
    'customElements',
    'DOMParser',
    'XMLSerializer',
    'FileReader',
    'btoa',
    'atob',
  ],
  ...[
    'process',
    'Buffer',
    'matchMedia',
    'visualViewport',
    'showOpenFilePicker',
    'trustedTypes',
    'scheduler',
    'ErrorEvent',
  ],
  ...['Animation', 'CSSStyleSheet', 'WebAssembly', 'EventSource', 'URLPattern', 'ReadableStream', 'TransformStream'],
];
