import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { storageErrors } from '@parley/contracts';
import type { Durability } from '@parley/contracts';
import { sampleErrors } from './errors.ts';
import { createDraft } from './state.ts';
import type { Change, State } from './state.ts';

/** Where changes are kept: the one part of the driver that knows its backend. */
export interface Journal {
  /** All of `changes` or none, also after a crash. @throws STORAGE_FULL, STORAGE_UNAVAILABLE */
  append(changes: readonly Change[], durability: Durability): Promise<void>;
  close(): Promise<void>;
}

const toLine = (changes: readonly Change[]): string => `${JSON.stringify(changes)}\n`;
const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code;

/** Opens the file, making it when there is none, and tells what it holds. @throws SAMPLE_DAMAGED */
export async function openJournal(file: string): Promise<{ readonly journal: Journal; readonly state: State }> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const state = await readState(file);
  // Leaves out what was overwritten or removed since the last start.
  await writeState(file, state);
  const handle = await open(file, 'a');
  let { size } = await handle.stat();
  let isTorn = false;
  const cutBack = async (): Promise<void> => {
    if (isTorn) await handle.truncate(size);
    isTorn = false;
  };
  const journal: Journal = {
    async append(changes, durability) {
      const line = toLine(changes);
      try {
        await cutBack();
        isTorn = true;
        await handle.appendFile(line);
        if (durability === 'full') await handle.datasync();
        isTorn = false;
        size += Buffer.byteLength(line);
      } catch (error) {
        await cutBack().catch(() => undefined);
        throw codeOf(error) === 'ENOSPC' ? storageErrors.FULL({}, error) : storageErrors.UNAVAILABLE({}, error);
      }
    },
    close: () => handle.close(),
  };
  return { journal, state };
}

async function readState(file: string): Promise<State> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return '';
    throw storageErrors.UNAVAILABLE({}, error);
  });
  // A line is a batch, and one without its end was cut off by a crash: none of that batch was done.
  const lines = text.split('\n').slice(0, -1);
  const draft = createDraft(new Map());
  for (const [index, line] of lines.entries()) {
    try {
      for (const change of JSON.parse(line) as readonly Change[]) draft.apply(change);
    } catch (error) {
      throw sampleErrors.DAMAGED({ file, line: index + 1 }, error);
    }
  }
  return draft.state;
}

function* linesOf(state: State): Generator<string> {
  for (const [collection, { version, scope, records, versions }] of state) {
    yield toLine([{ collection, version, scope }]);
    for (const put of records.values()) {
      const of = versions.get(put.id);
      yield toLine([{ collection, put, ...(of === undefined ? {} : { of }) }]);
    }
  }
}

/** Writes `state` to `file` as a whole: at every moment the file there is complete. */
async function writeState(file: string, state: State): Promise<void> {
  const partial = `${file}.partial`;
  await using handle = await open(partial, 'w', 0o600);
  await handle.writeFile(linesOf(state));
  await handle.sync();
  await rename(partial, file);
  await using folder = await open(dirname(file));
  await folder.sync();
}
