/** The weather: what a report is, and where somebody is at home. */
export { Report, REPORT_PART, Unit } from './report.ts';
export { Home, weatherContract } from './operations.ts';
