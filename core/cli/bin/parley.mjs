#!/usr/bin/env node
// Starts the command: from source inside the workspace, from dist where it is installed, always under Node 26.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
// Read by name from the whole module, since an older Node that only starts the right one lacks some of its members.
import * as nodeModule from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
// In the workspace, and where the command is installed.
const bundledNode = ['../../../node_modules/.bin/node', '../../../.bin/node']
  .map((path) => join(here, path))
  .find((path) => existsSync(path));
const isSource = !here.includes(`${sep}node_modules${sep}`) && existsSync(join(here, '../src/main.ts'));

if (Number(process.versions.node.split('.')[0]) >= 26) {
  // Stripped and compiled sources of earlier starts: about half of the time of a start.
  nodeModule.enableCompileCache(isSource ? join(here, '../../../node_modules/.cache/parley') : undefined);
  // In this process the source condition is set by a hook: a second process with `--conditions` would cost its start.
  if (isSource) {
    nodeModule.registerHooks({
      resolve: (specifier, context, next) =>
        next(specifier, { ...context, conditions: ['parley:source', ...context.conditions] }),
    });
  }
  await import(isSource ? '../src/main.ts' : '../dist/main.js');
} else if (bundledNode) {
  const child = spawn(bundledNode, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
} else {
  console.error(
    `Parley needs Node 26; this is ${process.version}. Run \`npm install\` in the project, which brings it.`,
  );
  process.exitCode = 1;
}
