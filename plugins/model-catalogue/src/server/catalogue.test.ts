import { readdir } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { ModelFacts } from '@parley/contracts';
import { createCatalogue } from './catalogue.ts';
import type { ExtraEntry } from './catalogue.ts';
import { CatalogueFile } from './entries.ts';
import { createFinder } from './find-entry.ts';
import { readFamilies } from './read-families.ts';

const families = await readFamilies();
const files = Object.values(families).map((file) => CatalogueFile.parse(file));
const entries = files.flatMap(({ family, models }) => models.map((entry) => ({ family, entry })));
const atDay = (day: string) => ({ now: () => Date.parse(day) });
const source = 'https://example.org/prices';

const start = (extra: readonly Omit<ExtraEntry, 'source' | 'asOf' | 'abilities'>[] = [], day = '2026-11-22') =>
  createCatalogue({
    files: {
      acme: {
        family: 'acme',
        prefixes: ['us.'],
        models: [
          { id: 'big', aliases: ['big-latest'], snapshots: ['-YYYY-MM-DD'], name: 'Big', source, asOf: '2026-01-01' },
          { id: 'big-mini', name: 'Big mini', source, asOf: '2026-01-01' },
          { id: 'sale', inputUsdPerMillion: 1, pricesUntil: '2026-11-30', source, asOf: '2026-01-01' },
        ],
      },
    },
    extra: extra.map((entry) => ({ source, asOf: '2026-02-02', abilities: {}, ...entry })),
    clock: atDay(day),
  });

describe('the files of the catalogue', () => {
  it('are all there is in the folder', async () => {
    const names = (await readdir(new URL('data', import.meta.url))).map((name) => name.replace(/\.json$/, ''));
    expect(names.toSorted()).toEqual(Object.keys(families).toSorted());
    expect(files.map(({ family }) => family)).toEqual(Object.keys(families));
  });

  it('name each model once', () => {
    for (const { family, models } of files) {
      const ids = models.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
      expect([family, ids.filter((id, index) => ids.indexOf(id) !== index)]).toEqual([family, []]);
    }
  });

  it('have a secure source for each, and a day that has been', () => {
    const today = new Date().toISOString().slice(0, 10);
    const odd = entries.filter(({ entry }) => !entry.source.startsWith('https://') || entry.asOf > today);
    expect(odd.map(({ entry }) => entry.id)).toEqual([]);
  });

  it('have values that make sense', () => {
    const odd = entries.filter(({ entry }) => {
      const { inputUsdPerMillion: input = 0, outputUsdPerMillion: output = 0, longInput } = entry;
      const { cachedInputUsdPerMillion: cached = 0, cacheWriteUsdPerMillion: written = input } = entry;
      const { contextWindowTokens: context = 8_192, maxOutputTokens: longest = 1_024 } = entry;
      const longOk =
        !longInput || (longInput.aboveTokens >= 32_000 && (longInput.inputUsdPerMillion ?? input) >= input);
      return !(
        input <= 200 &&
        output >= input &&
        output <= 1_000 &&
        cached <= input &&
        written >= input &&
        written <= 2 * input &&
        context >= 4_096 &&
        context <= 10_000_000 &&
        longest <= context &&
        longOk
      );
    });
    expect(odd.map(({ entry }) => entry.id)).toEqual([]);
  });

  it('give facts that fit', () => {
    const catalogue = createCatalogue({ files: families, extra: [], clock: { now: () => Date.now() } });
    for (const { family, entry } of entries)
      expect(ModelFacts.strict().safeParse(JSON.parse(JSON.stringify(catalogue.lookup(family, entry.id)))).error).toBe(
        undefined,
      );
  });
});

describe('the catalogue', () => {
  it('knows a model by its id, another id, and the ids of its dated versions', () => {
    const catalogue = start();
    for (const id of ['big', 'big-latest', 'big-2026-03-04'])
      expect([id, catalogue.lookup('acme', id)?.name]).toEqual([id, 'Big']);
    expect(catalogue.lookup('acme', 'big-mini')?.name).toBe('Big mini');
  });

  it('guesses nothing from a part of an id', () => {
    const catalogue = start();
    const unknown = [
      'big-huge',
      'bigger',
      'big-2026-03',
      'big-20260304',
      'big-mini-2026-03-04',
      'my-big',
      'us.my-big',
      '',
    ];
    for (const id of unknown) expect([id, catalogue.lookup('acme', id)]).toEqual([id, undefined]);
  });

  it('knows a model behind the prefixes of its family, and in no other family', () => {
    const catalogue = start();
    expect(catalogue.lookup('acme', 'us.big-2026-03-04')?.name).toBe('Big');
    expect(catalogue.lookup('other', 'big')).toBeUndefined();
    expect(catalogue.lookup('toString', 'big')).toBeUndefined();
  });

  it('says where each fact is from and tells nothing of how it is found', () => {
    expect(start().lookup('acme', 'big')).toEqual({ name: 'Big', abilities: {}, source, asOf: '2026-01-01' });
  });

  it('forgets prices after their last day', () => {
    expect(start([], '2026-11-30T23:59:59Z').lookup('acme', 'sale')?.inputUsdPerMillion).toBe(1);
    expect(start([], '2026-12-01T00:00:00Z').lookup('acme', 'sale')?.inputUsdPerMillion).toBeUndefined();
  });

  it('takes what an operator adds, also in place of what there is', () => {
    const catalogue = start([
      { family: 'acme', id: 'big', name: 'Ours' },
      { family: 'house', id: 'tiny', name: 'Tiny' },
    ]);
    expect(catalogue.lookup('acme', 'big')).toMatchObject({ name: 'Ours', asOf: '2026-02-02' });
    expect(catalogue.lookup('house', 'tiny')?.name).toBe('Tiny');
  });
});

describe('createFinder', () => {
  it('prefers a whole id to a dated version of a shorter one', () => {
    const entry = (id: string, snapshots?: string[]) => ({
      id,
      abilities: {},
      source,
      asOf: '2026-01-01',
      ...(snapshots ? { snapshots } : {}),
    });
    const find = createFinder({ models: [entry('a', ['-NNN']), entry('a-001')] });
    expect(find('a-001')?.id).toBe('a-001');
    expect(find('a-002')?.id).toBe('a');
  });
});
