import type { AppError } from '@parley/contracts';
import type * as z from 'zod';
import { hostErrors } from '../host-errors.ts';

/** One thing wrong with the input; `path` is dotted, empty for the input as a whole. */
export interface InputIssue {
  readonly path: string;
  readonly message: string;
}

const MAX_ISSUES = 20;

/** The error for input that does not fit, with at most 20 issues. */
export function invalidInput(issues: readonly InputIssue[]): AppError {
  const told = issues.slice(0, MAX_ISSUES);
  const summary = told.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ');
  return hostErrors.INVALID_INPUT({ summary, issues: told });
}

/** The same for what a schema found. */
export const invalidBySchema = (error: z.ZodError): AppError =>
  invalidInput(error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message })));
