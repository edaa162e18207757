// The development server of the page: PARLEY_DEV_PORT (3081) shows it, operations go to PORT (3080).
import { join } from 'node:path';
import { runsFromSource } from './build/run-from-source.ts';

if (runsFromSource(import.meta.filename)) {
  const { startDevServer } = await import('./build/dev-server.ts');
  const { PARLEY_DEV_PORT = '3081', PARLEY_PORT = '3080', PORT = PARLEY_PORT } = process.env;
  const api = `http://127.0.0.1:${PORT}`;
  await startDevServer({ root: join(import.meta.dirname, '..'), port: Number(PARLEY_DEV_PORT), api });
  console.log(`web: http://127.0.0.1:${PARLEY_DEV_PORT} shows the page, operations go to ${api}`);
}
