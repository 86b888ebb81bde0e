/** Finds the project and the sequence that a piece of work belongs to, or says why not. Never settles for another one. */
import type { Project, Sequence } from '@adobe/premierepro';
import type { PremiereApi } from './api';
import { guidText, orNull } from './host-values';
import { noProject, noSequence, projectChanged, sequenceGone } from './problems';
import type { SequenceRef } from './host';

/** Handles of one sequence, good until the next transaction. */
export interface Bound {
  readonly project: Project;
  readonly sequence: Sequence;
  readonly ref: SequenceRef;
}

async function activeProject(ppro: PremiereApi): Promise<Project> {
  const project = orNull(await ppro.Project.getActiveProject());
  if (!project) throw noProject();
  return project;
}

async function sequenceOf(project: Project, sequenceId: string): Promise<Sequence | null> {
  const sequences = orNull(await project.getSequences()) ?? [];
  return sequences.find((sequence) => guidText(sequence.guid) === sequenceId) ?? null;
}

/**
 * The sequence in front of the artist. The host's answer can be stale after a project switch [R]: one that the active
 * project does not hold counts as none. Throws host-unavailable.
 */
export async function bindActive(ppro: PremiereApi): Promise<Bound> {
  const project = await activeProject(ppro);
  const active = orNull(await project.getActiveSequence());
  if (!active) throw noSequence();
  const sequenceId = guidText(active.guid);
  const sequence = await sequenceOf(project, sequenceId);
  if (!sequence) throw noSequence();
  return { project, sequence, ref: { projectId: guidText(project.guid), sequenceId } };
}

/** The sequence with these ids. Throws host-unavailable, host-project-changed or host-sequence-gone. */
export async function bind(ppro: PremiereApi, ref: SequenceRef): Promise<Bound> {
  const project = await activeProject(ppro);
  if (guidText(project.guid) !== ref.projectId) throw projectChanged(project.name);
  const sequence = await sequenceOf(project, ref.sequenceId);
  if (!sequence) throw sequenceGone();
  return { project, sequence, ref };
}
