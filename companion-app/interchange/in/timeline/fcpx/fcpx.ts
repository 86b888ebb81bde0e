/** Final Cut Pro XML (fcpxml 1.5 to 1.13): the first project's sequence. */
import { canDrop } from '../../../../../shared/shot';
import { FormatFault } from '../../file/refuse';
import type { Warnings } from '../../file/warnings';
import { XmlElement } from '../../xml/element';
import { ClipBudget } from '../budget';
import { USUAL_SIZE, type UnresolvedTimeline } from '../model';
import { layTracks } from './lanes';
import { Resources } from './resources';
import { Story } from './story';
import { toFrames, ZERO } from '../seconds';
import { parseSeconds } from './time';

interface Project {
  readonly name: string;
  readonly sequence: XmlElement;
}

const LONE = ['clip', 'asset-clip', 'ref-clip', 'sync-clip', 'mc-clip'];

/** A clip that was exported by itself, as a sequence of just that clip. */
function lone(clip: XmlElement, resources: Resources): Project {
  const { offset: _place, ...attributes } = clip.attributes;
  const spine = new XmlElement('spine', {}, [new XmlElement(clip.name, attributes, clip.children, clip.ownText)], '');
  const compound = resources.compound(clip.attributes.ref);
  const inner = clip.at('video', 'asset-clip')?.attributes.ref ?? clip.at('video')?.attributes.ref;
  const format =
    compound?.attributes.format ??
    clip.attributes.format ??
    resources.formatBehind(clip.attributes.ref) ??
    resources.formatBehind(inner);
  const name = clip.attributes.name ?? '';
  return {
    name,
    sequence: new XmlElement('sequence', { ...(format === undefined ? {} : { format }) }, [spine], ''),
  };
}

function projectsOf(root: XmlElement, resources: Resources): Project[] {
  const found: Project[] = [];
  for (const element of root.deep()) {
    const sequence = element.name === 'project' ? element.at('sequence') : undefined;
    if (sequence) found.push({ name: element.attributes.name ?? '', sequence });
  }
  const bare = root.all('sequence').map((sequence) => ({ name: sequence.attributes.name ?? '', sequence }));
  return [...found, ...bare, ...root.all(...LONE).map((clip) => lone(clip, resources))];
}

/** Throws FormatFault where there is no project that can be read. */
export function readFcpx(root: XmlElement, warnings: Warnings): UnresolvedTimeline {
  const resources = new Resources(root);
  const [project, ...others] = projectsOf(root, resources);
  if (project === undefined) throw new FormatFault('there is no project in it, only clips of an event');
  if (others.length > 0) warnings.add(`It holds ${others.length + 1} projects; "${project.name}" was read.`);
  const { sequence } = project;
  const format = resources.format(sequence.attributes.format);
  if (format.rate === null) throw new FormatFault('its sequence has no frame rate');
  const { rate } = format;
  const start = parseSeconds(sequence.attributes.tcStart) ?? ZERO;
  const story = new Story(resources, rate, warnings, new ClipBudget());
  return {
    name: project.name || 'Untitled',
    rate,
    dropFrame: sequence.attributes.tcFormat === 'DF' && canDrop(rate),
    size: format.size ?? USUAL_SIZE,
    startFrame: toFrames(start, rate),
    tracks: layTracks(story.sequence(sequence, 0), warnings),
    markers: story.notes(sequence),
    stated: { rate: true, size: format.size !== null },
    warnings: [],
  };
}
