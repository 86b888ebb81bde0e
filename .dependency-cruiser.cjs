/**
 * The import table of docs/architecture.md, enforced: a room may import only what its row allows.
 * `npm run rooms` fails on any other import between rooms, and on every circle.
 */
/** Errors with sentences for people: every room may use them. */
const everywhere = ['shared/problem'];

const rooms = {
  'shared/problem': [],
  'shared/shot': [],
  'shared/protocol': ['shared/shot'],
  'shared/words': [],
  'plugin/premiere': ['shared'],
  'plugin/link': ['shared'],
  'plugin/uxp': ['plugin/premiere', 'plugin/link', 'shared'],
  'plugin/panel': ['plugin/premiere', 'plugin/link', 'shared'],
  'companion-app/inference': [],
  'companion-app/engines': ['companion-app/inference', 'shared/shot'],
  'companion-app/media': ['shared/shot'],
  'companion-app/review': ['companion-app/media', 'shared/shot', 'shared/protocol', 'shared/words'],
  'companion-app/render': ['companion-app/engines', 'companion-app/inference', 'companion-app/media', 'companion-app/review', 'shared'],
  'companion-app/queue': ['shared', 'companion-app/render/messages'],
  'companion-app/gateway': ['companion-app/queue', 'shared'],
  'companion-app/interchange': ['shared/shot'],
  // The report is one component for page and file; its view needs neither browser nor Node.
  'companion-app/ui': ['shared', 'companion-app/review/report/view'],
  'companion-app/daemon': ['shared', 'companion-app/(?!ui|electron)'],
  'companion-app/electron': ['companion-app/daemon', 'shared/protocol', 'shared/words'],
};

const forbidden = Object.entries(rooms).map(([room, may]) => ({
  name: `room ${room}`,
  comment: `${room} may import only: ${may.join(', ') || 'nothing of ours'}`,
  severity: 'error',
  from: { path: `^${room}/` },
  to: { path: '^(shared|plugin|companion-app|test|examples|tools)/', pathNot: [`^${room}/`, ...[...everywhere, ...may].map((m) => `^${m}`)] },
}));

module.exports = {
  forbidden: [
    ...forbidden,
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'product-never-imports-tests',
      severity: 'error',
      from: { path: '^(shared|plugin|companion-app)/' },
      to: { path: '^(test|examples|tools)/' },
    },
    {
      name: 'only-plugin-premiere-touches-the-host',
      comment: 'plugin/premiere is the only room that knows the Premiere API; main.ts hands the module in.',
      severity: 'error',
      from: { path: '^(shared|companion-app|plugin/(link|panel))/' },
      to: { path: '@adobe/premierepro' },
    },
    {
      name: 'shot-needs-no-package',
      severity: 'error',
      from: { path: '^shared/shot/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    },
    {
      name: 'protocol-needs-only-zod',
      severity: 'error',
      from: { path: '^shared/protocol/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: 'zod' },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^(uxp|premierepro|os|fs|path)$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|out|\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
