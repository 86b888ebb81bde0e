export { ReportView, type ReportViewProps } from './report';
export { FILE_STYLE, REPORT_STYLE } from './style';
export { verdict } from './verdict';
