/** Where a file of a package really lies when the companion is packed: programs and fonts cannot be used from inside Electron's archive. */
export function outsideArchive(path: string): string {
  return path.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
}
