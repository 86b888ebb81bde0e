/** Members of Project that nothing in this project uses: typed, and failing loudly. */
import type { Project } from '@adobe/premierepro';
import { notModelled } from './adobe';

const no = (member: keyof Project) => notModelled(`Project.${member}`);

export abstract class ProjectRest {
  readonly createSequenceWithPresetPath = no('createSequenceWithPresetPath');
  readonly createSequenceFromMedia = no('createSequenceFromMedia');
  readonly getColorSettings = no('getColorSettings');
  readonly closeSequence = no('closeSequence');
  readonly importSequences = no('importSequences');
  readonly importAEComps = no('importAEComps');
  readonly importAllAEComps = no('importAllAEComps');
  readonly saveAs = no('saveAs');
  readonly pauseGrowing = no('pauseGrowing');
}
