import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A plugin of the workspace whose web side is built as a remote. */
export interface FederatedPlugin {
  readonly id: string;
  readonly dir: string;
}

/** Plugins below `<root>/plugins` that have a web door and are not compiled into the shell. */
export async function federatedPlugins(root: string): Promise<readonly FederatedPlugin[]> {
  // By address: the module belongs to the browser's types, and only its keys are read here.
  const composition = new URL('../src/composition.ts', import.meta.url).href;
  const { builtIn } = (await import(composition)) as { builtIn: object };
  const home = join(root, 'plugins');
  return readdirSync(home)
    .toSorted()
    .filter((id) => !Object.hasOwn(builtIn, id) && hasWebSide(join(home, id)))
    .map((id) => ({ id, dir: join(home, id) }));
}

function hasWebSide(dir: string): boolean {
  const path = join(dir, 'package.json');
  if (!existsSync(path) || !existsSync(join(dir, 'src/web/index.ts'))) return false;
  const { exports = {} } = JSON.parse(readFileSync(path, 'utf8')) as { exports?: Record<string, unknown> };
  return './web' in exports;
}
