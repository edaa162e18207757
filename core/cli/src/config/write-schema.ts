import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openConfig } from './open-config.ts';
import type { PlaceValues } from '../operate/server.ts';

/** Where editors find the schema of the config file, from the folder it lies in. */
export const SCHEMA_FILE = '.parley/config.schema.json';

/** Writes the schema of the whole config file for editors; resolves with its path. */
export async function writeSchema(folder: string, values: PlaceValues = {}): Promise<string> {
  const schema = await (await openConfig(values, folder)).schema();
  const path = join(folder, SCHEMA_FILE);
  mkdirSync(join(folder, '.parley'), { recursive: true });
  writeFileSync(path, `${JSON.stringify(schema, undefined, 2)}\n`);
  return path;
}
