// The product as `parley start` runs it: the default composition, an empty data folder, no page.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHost } from '@parley/host-server';

const host = await startHost({ port: 0, dataDir: mkdtempSync(join(tmpdir(), 'parley-cold-')), logLevel: 'error' });
console.log(`listening ${host.url}`);
