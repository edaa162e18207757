import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readExtra } from './read-extra.ts';

const entry = {
  family: 'acme',
  id: 'house-model',
  inputUsdPerMillion: 0.5,
  abilities: { tools: true },
  source: 'https://prices.example.org/house',
  asOf: '2026-11-01',
};
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-catalogue-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function read(text: string) {
  const path = join(folder, 'models.json');
  await writeFile(path, text);
  return readExtra(path);
}

describe("the operator's file of models", () => {
  it('has entries of the same form as the settings', async () => {
    expect(await read(JSON.stringify([entry]))).toMatchObject([entry]);
  });

  it.each([
    ['no JSON', '[{', /JSON/],
    ['no list', '{}', /expected array/],
    ['an entry without a source', JSON.stringify([{ ...entry, source: undefined }]), /source/],
    ['a price that is none', JSON.stringify([{ ...entry, inputUsdPerMillion: -1 }]), /inputUsdPerMillion/],
  ])('is refused with the reason and its path when it has %s', async (_what, text, reason) => {
    const error = { code: 'MODEL_CATALOGUE_FILE_INVALID', message: expect.stringMatching(reason) };
    await expect(read(text)).rejects.toMatchObject(error);
    await expect(read(text)).rejects.toMatchObject({ message: expect.stringContaining('models.json') });
  });

  it('is refused when it is not there', async () => {
    const error = { code: 'MODEL_CATALOGUE_FILE_INVALID', message: expect.stringContaining('ENOENT') };
    await expect(readExtra(join(folder, 'none.json'))).rejects.toMatchObject(error);
  });
});
