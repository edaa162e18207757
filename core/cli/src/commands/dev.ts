import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Project } from '../find-project.ts';
import { ended, startProgram } from '../run-program.ts';

/**
 * `parley dev`: the server, started again whenever a file it has loaded changes, and the development server of the
 * page, which passes operations on to it. Ends when either ends.
 */
export async function dev({ root }: Project): Promise<void> {
  const programs = [
    startProgram(root, 'host-server/src/main.ts', {
      nodeOptions: ['--watch', '--watch-preserve-output'],
      env: {
        PARLEY_DRAIN_SECONDS: process.env['PARLEY_DRAIN_SECONDS'] ?? '0',
        PARLEY_WEB: await writeManifest(root),
      },
    }),
    startProgram(root, 'host-web/dev.ts'),
  ];
  const stop = () => programs.forEach((program) => program.kill('SIGTERM'));
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.exitCode = await Promise.race(programs.map(ended));
  stop();
}

/** Tells the server which plugins the development server has; resolves with the folder that holds it. */
async function writeManifest(root: string): Promise<string> {
  const path = join(root, 'host-web/build/dev-manifest.ts');
  const web = (await import(pathToFileURL(path).href)) as { writeDevManifest(root: string): Promise<string> };
  return web.writeDevManifest(root);
}
