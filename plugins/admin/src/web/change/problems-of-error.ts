import { isAppError } from '@parley/contracts';

/** The problems that an error of the server names; none when it names no single ones. */
export function problemsOfError(error: unknown): readonly string[] {
  const problems = isAppError(error) ? error.details['problems'] : undefined;
  return Array.isArray(problems) ? problems.map(String) : [];
}
