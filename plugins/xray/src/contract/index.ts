/** What each plugin did to an answer. */
export { xrayErrors } from './errors.ts';
export { XRAY_VIEW, xrayContract } from './operations.ts';
export { Change, ModelStep, Step, StreamStep, TapStep, Xray } from './schemas.ts';
