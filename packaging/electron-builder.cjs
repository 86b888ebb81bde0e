/**
 * How the companion is packed: `npm run package` (needs a network, Node 22 and, to sign, the platform's certificates; see docs/packaging.md).
 * `npm run package:check` reads this file and proves what can be proven offline.
 */
module.exports = {
  appId: 'com.inbetween.companion',
  productName: 'Inbetween',
  copyright: 'Apache-2.0',
  directories: { output: 'release', buildResources: 'packaging' },
  files: [
    'package.json',
    'dist/*.cjs',
    'dist/ui/**',
    '!dist/demo*.cjs',
    '!**/*.map',
    // Libraries of other systems: each package carries its own alone.
    '!node_modules/onnxruntime-node/bin/napi-v6/!(${platform})/**',
    '!node_modules/**/{test,tests,__tests__,example,examples,docs}/**',
  ],
  asar: true,
  // What is executed or mapped by the system cannot lie inside an archive. Our own bundles stay in it, beside the packages they ask for.
  asarUnpack: [
    'node_modules/@libsql/**',
    'node_modules/@img/**',
    'node_modules/sharp/**',
    'node_modules/onnxruntime-node/**',
    'node_modules/onnxruntime-common/**',
    'node_modules/@ffmpeg-installer/**',
    'node_modules/@ffprobe-installer/**',
    'node_modules/@msgpackr-extract/**',
    'node_modules/dejavu-fonts-ttf/**',
  ],
  extraResources: [{ from: 'dist/plugin.ccx', to: 'inbetween-panel.ccx' }],
  protocols: [{ name: 'Inbetween', schemes: ['inbetween'] }],
  // Every native part comes ready-made for Node-API: nothing is to be built.
  npmRebuild: false,
  nodeGypRebuild: false,
  publish: null,
  win: { target: [{ target: 'nsis', arch: ['x64'] }], executableName: 'Inbetween' },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
  },
  mac: {
    target: [
      { target: 'dmg', arch: ['arm64', 'x64'] },
      { target: 'zip', arch: ['arm64', 'x64'] },
    ],
    category: 'public.app-category.video',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'packaging/entitlements.mac.plist',
    entitlementsInherit: 'packaging/entitlements.mac.plist',
    extendInfo: { LSUIElement: false },
  },
  linux: {
    target: [
      { target: 'AppImage', arch: ['x64'] },
      { target: 'deb', arch: ['x64'] },
    ],
    category: 'AudioVideo',
    maintainer: 'Inbetween developers <inbetween@localhost.invalid>',
  },
};
