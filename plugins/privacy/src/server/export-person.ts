import type { OwnedBatch, PersonExport } from '@parley/contracts';
import { toItem } from './count-items.ts';
import type { ZipFile } from './zip.ts';

/** What an export is made from. */
export interface ExportParts {
  readonly name: string;
  readonly records: AsyncIterable<OwnedBatch>;
  readonly plugins: readonly PersonExport[];
  readonly atMs: number;
}

const SAFE_PATH = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;

interface Listed {
  readonly path: string;
  readonly about: string;
}

/** The batches of one collection after another as texts of one JSON array each. */
async function* toFiles(records: AsyncIterable<OwnedBatch>, list: (file: Listed) => void): AsyncGenerator<ZipFile> {
  const batches = records[Symbol.asyncIterator]();
  let next = await batches.next();
  try {
    while (!next.done) {
      const { collection } = next.value;
      const { pluginId, what } = toItem({ collection, count: 0 });
      const path = `records/${pluginId}/${what}.json`;
      let count = 0;
      yield {
        path,
        async *read() {
          while (!next.done && next.value.collection === collection) {
            for (const { tenantId: _tenantId, ownerId: _ownerId, ...record } of next.value.records) {
              yield `${count === 0 ? '[' : ','}\n${JSON.stringify(record, undefined, 2)}`;
              count += 1;
            }
            next = await batches.next();
          }
          yield '\n]\n';
          list({ path, about: `${count} of "${what}" from the plugin ${pluginId}.` });
        },
      };
    }
  } finally {
    await batches.return?.();
  }
}

const readme = ({ name, atMs }: ExportParts, files: readonly Listed[]): string =>
  [
    `Your data on ${name}`,
    '',
    `Made on ${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC. All of it is yours; keep it where nobody else reads it.`,
    '',
    ...files.map(({ path, about }) => `${path}\n    ${about}`),
    '',
    'The files are JSON, which any editor opens. Times are UTC. In "records", each entry has the id under which others name it',
    '("conversationId", "parentId"), and "rev", which counts how often it was changed.',
    'Not in it: your password and tokens, which nobody can read, and what this server has already removed.',
    '',
  ].join('\r\n');

/**
 * The files of an export in their order: what plugins add, the records by plugin, and a README of what is there.
 * @throws for a file of a plugin whose path would leave its folder
 */
export async function* exportFiles(parts: ExportParts): AsyncGenerator<ZipFile> {
  const listed: Listed[] = [];
  for (const { pluginId, files } of parts.plugins) {
    for (const file of files) {
      const { path, about } = file;
      if (!SAFE_PATH.test(path))
        throw new Error(`${pluginId} names the file ${path}; expected letters, digits, dots, dashes`);
      listed.push({ path: `${pluginId}/${path}`, about });
      yield { path: `${pluginId}/${path}`, read: () => file.read() };
    }
  }
  yield* toFiles(parts.records, (file) => listed.push(file));
  yield {
    path: 'README.txt',
    async *read() {
      yield readme(parts, listed);
    },
  };
}
