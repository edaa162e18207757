import type { BackupOptions, RecordBatch, StoredRecord } from '@parley/contracts';
import { readAllKnown } from './catalog.ts';
import type { NamedKnown } from './catalog.ts';
import { parseDoc } from './records.ts';
import { quote, toTable } from './sql-names.ts';
import type { Statements } from './statements.ts';

const MAX_RECORDS = 500;
const MAX_BATCH_CHARACTERS = 1_000_000;

/** Records of one collection that are of one version: behind `after`, up to and including `until`. */
interface Section {
  readonly version: number;
  readonly after: string;
  readonly until?: string;
}

/** A migration that was cut off leaves the rows up to its cursor at the newer version. */
function sectionsOf({ version, rewrite }: NamedKnown, after: string): readonly Section[] {
  if (rewrite === undefined || rewrite.cursor === '' || rewrite.version === version) return [{ version, after }];
  const { cursor } = rewrite;
  if (Buffer.compare(Buffer.from(after), Buffer.from(cursor)) >= 0) return [{ version, after }];
  return [
    { version: rewrite.version, after, until: cursor },
    { version, after: cursor },
  ];
}

function readRecords(statements: Statements, table: string, { after, until }: Section): readonly StoredRecord[] {
  const end = until === undefined ? '' : 'AND id <= ?';
  const rows = statements
    .get(`SELECT doc FROM ${table} WHERE id > ? ${end} ORDER BY id LIMIT ${MAX_RECORDS}`)
    .iterate(after, ...(until === undefined ? [] : [until])) as unknown as Iterable<[string]>;
  const records: StoredRecord[] = [];
  let characters = 0;
  for (const [doc] of rows) {
    records.push(parseDoc(doc));
    characters += doc.length;
    if (characters >= MAX_BATCH_CHARACTERS) break;
  }
  return records;
}

/** Everything that the connection sees, in the order of `StorageDriver.backup`. */
export function* readBatches(statements: Statements, place: BackupOptions['after']): Generator<RecordBatch> {
  for (const known of readAllKnown(statements)) {
    const { name: collection, scope } = known;
    if (place !== undefined && collection < place.collection) continue;
    const table = quote(toTable(collection));
    for (const section of sectionsOf(known, place?.collection === collection ? place.id : '')) {
      let { after } = section;
      for (;;) {
        const records = readRecords(statements, table, { ...section, after });
        const last = records.at(-1);
        if (last === undefined) break;
        yield { collection, version: section.version, scope, records };
        after = last.id;
      }
    }
  }
}
