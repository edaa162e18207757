import { readFile } from 'node:fs/promises';
import { catalogueErrors } from '@parley/plugin-model-catalogue/contract';
import * as z from 'zod';
import type { ExtraEntry } from './catalogue.ts';
import { Config } from './config.ts';

const Extra = Config.unwrap().shape.extra;

/** The operator's file of models. @throws MODEL_CATALOGUE_FILE_INVALID with the reason */
export async function readExtra(path: string): Promise<readonly ExtraEntry[]> {
  try {
    return Extra.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw catalogueErrors.FILE_INVALID({ path, reason });
  }
}
