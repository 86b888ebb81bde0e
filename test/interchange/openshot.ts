/** Opens a timeline in OpenShot's own importer, headless, and reads back where the clips are. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { FrameRate } from '../../shared/shot';

const zClip = z.object({ position: z.number(), start: z.number(), end: z.number(), layer: z.number() });
export type OpenShotClip = z.output<typeof zClip>;

const PYTHON = '/usr/bin/python3';
const SCRIPT = `
import json, os, sys, urllib.parse
from unittest.mock import MagicMock
file, kind, num, den, out = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
import openshot_qt
sys.path.insert(0, openshot_qt.OPENSHOT_PATH)
from PyQt5 import QtCore
QtCore.QCoreApplication.setAttribute(QtCore.Qt.AA_ShareOpenGLContexts)
sys.argv = ['openshot']
from classes.app import OpenShotApp
app = OpenShotApp(['openshot'], mode='unittest')
app.window = MagicMock()
app.project.load("")
app.project._data["fps"] = {"num": num, "den": den}
import windows.views.find_file as ff
def found(p):
    p = urllib.parse.unquote(p)
    for lead in ("file://localhost", "file://"):
        if p.startswith(lead): p = p[len(lead):]
    return (p, False, False)
ff.find_missing_file = found
from PyQt5.QtWidgets import QFileDialog
QFileDialog.getOpenFileName = staticmethod(lambda *a, **k: (file, ''))
if kind == 'xml':
    from classes.importers.final_cut_pro import import_xml
    import_xml()
else:
    from classes.importers.edl import import_edl
    import_edl()
clips = [{k: float(c[k]) for k in ('position', 'start', 'end', 'layer')} for c in app.project._data['clips']]
json.dump(clips, open(out, 'w'))
os._exit(0)
`;

/** Whether the program is here; under CI its absence is an error, not a reason to skip. */
export function hasOpenShot(): { there: boolean; why: string } {
  const there = existsSync(PYTHON) && spawnSync(PYTHON, ['-c', 'import openshot_qt'], { stdio: 'ignore' }).status === 0;
  if (!there && process.env.CI) throw new Error('OpenShot (openshot-qt, python3-openshot) must be installed under CI.');
  return { there, why: 'OpenShot is not installed' };
}

/** Clips as OpenShot placed them, in seconds. Throws with its stderr when the importer fails. */
export function importWithOpenShot(file: string, kind: 'xml' | 'edl', rate: FrameRate): OpenShotClip[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'inbetween-openshot-'));
  try {
    const script = path.join(folder, 'import.py');
    const out = path.join(folder, 'clips.json');
    writeFileSync(script, SCRIPT);
    const run = spawnSync(PYTHON, [script, file, kind, String(rate.num), String(rate.den), out], {
      env: { ...process.env, QT_QPA_PLATFORM: 'offscreen', HOME: folder },
      encoding: 'utf8',
      timeout: 90_000,
    });
    if (!existsSync(out)) throw new Error(`OpenShot did not import ${file}: ${run.stderr.slice(-2000)}`);
    return z.array(zClip).parse(JSON.parse(readFileSync(out, 'utf8')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
