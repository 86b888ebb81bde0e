/** The part of the `premierepro` module that this room uses; the whole module fits, and so does the simulator. */
import type { premierepro } from '@adobe/premierepro';

export type PremiereApi = Pick<
  premierepro,
  | 'ClipProjectItem'
  | 'Constants'
  | 'EncoderManager'
  | 'EventManager'
  | 'Exporter'
  | 'FolderItem'
  | 'Marker'
  | 'Markers'
  | 'Project'
  | 'ProjectItem'
  | 'Properties'
  | 'SequenceEditor'
  | 'TickTime'
>;
