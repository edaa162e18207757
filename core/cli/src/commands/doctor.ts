import { createChecks } from '../doctor/checks.ts';
import type { Project } from '../find-project.ts';

/** `parley doctor`: one line per check, then `doctor: N ok, N problems`; exit code 1 with problems. */
export async function doctor(project: Project): Promise<void> {
  let problems = 0;
  const checks = createChecks(project);
  for (const { name, check } of checks) {
    try {
      process.stdout.write(`ok       ${name}: ${await check()}\n`);
    } catch (error) {
      problems += 1;
      process.stdout.write(`PROBLEM  ${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  process.stdout.write(`doctor: ${checks.length - problems} ok, ${problems} problems\n`);
  process.exit(problems > 0 ? 1 : 0);
}
