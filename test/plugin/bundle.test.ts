/** The built panel uses what UXP has, and no more: its names, its style sheet, and its package. Its life in Chromium is in test/panel. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import ts from 'typescript';
import { createSimulator, runBundle } from '../premiere-simulator';
import { LACKING } from '../panel/support/lacking';

const dist = path.resolve(__dirname, '../../dist');
const code = (): string => readFileSync(path.join(dist, 'plugin/main.js'), 'utf8');

/** [D] In Adobe's UXP reference, and what every JavaScript has. */
const PRESENT = new Set([
  ...['window', 'document', 'console', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
  ...['WebSocket', 'fetch', 'crypto', 'URL', 'Blob', 'File', 'FormData', 'Node', 'HTMLElement', 'getComputedStyle'],
  ...['requestAnimationFrame', 'navigator', 'devicePixelRatio', 'require', 'module', 'exports', 'globalThis', 'Intl'],
]);

/** Named in libraries on ways that the panel never goes; how often each, so that a new use is seen. */
const NEVER_REACHED: Readonly<Record<string, number>> = {
  CSS: 1, // React's view transitions
  btoa: 2, // React's view transitions, Zod's base64 strings
  atob: 3, // Zod's base64 strings
  DOMRect: 1, // React's view transitions
  AbortSignal: 1, // React's view transitions
  matchMedia: 1, // React's media-dependent preloads
  navigation: 9, // React's form navigation, behind a check
  TextEncoder: 1, // hashes of texts; the panel hashes bytes
};

interface Seen {
  uses: number;
  guards: number;
}

/** Names that the bundle takes from its surroundings: how often, and how often it asks first whether they are there. */
function namesTaken(text: string): Map<string, Seen> {
  const file = '/panel/main.js';
  const options: ts.CompilerOptions = {
    ...{ allowJs: true, noEmit: true, noResolve: true, types: [], lib: ['lib.es2022.d.ts', 'lib.es2020.intl.d.ts'] },
    target: ts.ScriptTarget.ES2022,
    moduleDetection: ts.ModuleDetectionKind.Force,
  };
  const host = ts.createCompilerHost(options);
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const program = ts.createProgram([file], options, {
    ...host,
    getSourceFile: (name, version) => (name === file ? source : host.getSourceFile(name, version)),
    fileExists: (name) => name === file || host.fileExists(name),
  });
  const checker = program.getTypeChecker();
  const taken = new Map<string, Seen>();
  const walk = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isValue(node) && !known(checker, node)) {
      const seen = taken.get(node.text) ?? { uses: 0, guards: 0 };
      if (ts.isTypeOfExpression(node.parent)) seen.guards += 1;
      else seen.uses += 1;
      taken.set(node.text, seen);
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
  return taken;
}

const known = (checker: ts.TypeChecker, node: ts.Identifier): boolean =>
  checker.resolveName(node.text, node, ts.SymbolFlags.Value, false) !== undefined;

/** False for names of members, labels and keys. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) return parent.name !== node;
  if (ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isAccessor(parent))
    return parent.name !== node;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  return !ts.isLabeledStatement(parent) && !ts.isBreakOrContinueStatement(parent);
}

test('every name that the bundle takes from its surroundings is one that UXP has, or is asked for first', () => {
  const taken = namesTaken(code());
  expect(taken.get('document')?.uses).toBeGreaterThan(0);
  const unguarded = [...taken].filter(([name, { guards }]) => guards === 0 && !PRESENT.has(name));
  for (const [name, { uses }] of unguarded)
    expect({ name, uses }).toEqual({ name, uses: NEVER_REACHED[name] ?? 'not at all' });
  // What is missing is never touched without being asked for.
  for (const name of ['structuredClone', 'queueMicrotask', 'MutationObserver', 'AbortController', 'MessageChannel']) {
    expect(LACKING).toContain(name);
    const { uses = 0, guards = 0 } = taken.get(name) ?? {};
    expect({ name, asked: uses === 0 || guards > 0 }).toEqual({ name, asked: true });
  }
});

test('the reading of names sees an unguarded use', () => {
  const taken = namesTaken(
    'const a = structuredClone({}); { const MutationObserver = 1; a.Worker = MutationObserver; }',
  );
  expect([...taken.keys()]).toEqual(['structuredClone']);
});

test('it loads in a realm that has nothing of a browser but a document, and no building of functions from text', () => {
  const simulator = createSimulator({
    manifest: JSON.parse(readFileSync(path.join(dist, 'plugin/manifest.json'), 'utf8')),
  });
  try {
    const text = code();
    expect(() => runBundle(simulator, text, { document: { getElementById: () => null } })).not.toThrow();
    expect(text).not.toMatch(/\bnew Function\(|\beval\(/);
  } finally {
    simulator.dispose();
  }
});

/** Properties and values that UXP does not draw, or draws otherwise. */
const NO_CSS =
  /\b(grid|transition|animation|text-transform|float|gap|row-gap|column-gap|position:\s*sticky|inset|filter|backdrop|clip-path|columns)\b|(^|[\s;{])font\s*:|@(container|layer|supports|keyframes)|:has\(|\[hidden/m;

test('the style sheet and the page keep to what UXP draws', () => {
  const css = readFileSync(path.join(dist, 'plugin/panel.css'), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  expect(NO_CSS.exec(css)?.[0]).toBeUndefined();
  for (const wrong of ['a { display: grid }', 'a { font: 12px x }', 'a { transition: all 1s }', 'a{gap:2px}'])
    expect(NO_CSS.test(wrong)).toBe(true);
  const sources = ['view/panel.tsx', 'view/shot-row.tsx', 'view/takes.tsx', 'view/moves.tsx', 'view/shot-list.tsx'];
  for (const file of sources) {
    const text = readFileSync(path.resolve(__dirname, '../../plugin/panel', file), 'utf8');
    expect(text).not.toMatch(/\b(hidden=|draggable|onDrag|onDrop|dangerouslySetInnerHTML)/);
  }
});

test('plugin.ccx is a zip of the built panel', () => {
  const ccx = path.join(dist, 'plugin.ccx');
  expect(existsSync(ccx)).toBe(true);
  const files = unzipSync(new Uint8Array(readFileSync(ccx)));
  expect(Object.keys(files).sort()).toEqual(['index.html', 'main.js', 'manifest.json', 'panel.css']);
  expect(Buffer.from(files['main.js']!).equals(readFileSync(path.join(dist, 'plugin/main.js')))).toBe(true);
});
