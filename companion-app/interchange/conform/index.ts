export { conform, CHANGES, type Change, type Conformed, type Row } from './compare';
export { readEdited, timelineOfReading, zPanelReading, type PanelReading } from './edited';
export { reportHtml, reportJson, reportText, verdict } from './report';
export { conformedCsv } from './shot-list';
export { conformStoryboarder, type ConformedProject } from './storyboarder-file';
