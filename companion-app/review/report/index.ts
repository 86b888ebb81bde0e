export { changesSince, remembered, zRemembered, type Remembered } from './changes';
export { reportCharts, trendChart } from './charts';
export { reportHtml } from './html';
export { loopOf } from './loop';
