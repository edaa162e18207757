import { constants, existsSync } from 'node:fs';
import { access, copyFile, cp, mkdir, mkdtemp, rm, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostOptions } from '@parley/kernel';
import type { Project } from '../find-project.ts';
import { loadHost } from '../load-host.ts';
import { openServer } from '../operate/server.ts';
import { isWebCurrent } from '../web-build.ts';

/** One thing to look at: resolves with what was found, throws with what to do. */
export interface Check {
  readonly name: string;
  readonly check: () => Promise<string>;
}

const MIN_NODE = 26;
const MIN_FREE_BYTES = 500 * 1024 * 1024;

/** The checks of one project, in the order they are shown. */
export function createChecks(project: Project): readonly Check[] {
  let options: HostOptions | undefined;
  const read = async (): Promise<HostOptions> => {
    if (!options) throw new Error('not checked, since the configuration can not be read');
    return options;
  };
  return [
    { name: 'Node', check: async () => checkNode() },
    {
      name: 'configuration',
      check: async () => {
        options = await (await loadHost()).readHostOptions({ cwd: project.root, env: process.env });
        return options.configFile ?? 'the default composition, without a file';
      },
    },
    { name: 'data folder', check: async () => checkData((await read()).dataDir) },
    { name: 'disk', check: async () => checkDisk((await read()).dataDir) },
    { name: 'port', check: async () => checkPort(await read()) },
    { name: 'plugins', check: async () => checkPlugins(await read()) },
    { name: 'page', check: () => checkPage(project) },
  ];
}

function checkNode(): string {
  if (Number(process.versions.node.split('.')[0]) >= MIN_NODE) return process.version;
  throw new Error(`${process.version}; Node ${MIN_NODE} is needed, \`npm install\` brings it`);
}

async function checkData(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  await access(dataDir, constants.R_OK | constants.W_OK);
  return `${dataDir} can be written`;
}

async function checkDisk(dataDir: string): Promise<string> {
  const { bavail, bsize } = await statfs(dataDir);
  const megabytes = Math.floor((bavail * bsize) / (1024 * 1024));
  if (bavail * bsize >= MIN_FREE_BYTES) return `${megabytes} MiB free`;
  throw new Error(`only ${megabytes} MiB free; make room, writes fail when the disk is full`);
}

const checkPort = ({ port = 0, address = '127.0.0.1' }: HostOptions): Promise<string> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(`${port} at ${address}: ${error.code}; stop what uses it or set PORT`)),
    );
    server.listen(port, address, () => server.close(() => resolve(`${port} at ${address} is free`)));
  });

/** What decides which plugins start, beside the config file. */
const KEPT = ['composition.json', 'parley.lock.json', 'secret.key'];

/** Starts the composition without its records and on a free port: what does not start here starts nowhere. */
async function checkPlugins(options: HostOptions): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-doctor-'));
  try {
    for (const name of KEPT) {
      if (existsSync(join(options.dataDir, name))) await copyFile(join(options.dataDir, name), join(dataDir, name));
    }
    const installed = join(options.dataDir, 'plugins');
    if (existsSync(installed)) await cp(installed, join(dataDir, 'plugins'), { recursive: true });
    const hostModule = await loadHost();
    const host = await hostModule.startHost({ ...options, dataDir, port: 0, address: '127.0.0.1', logLevel: 'silent' });
    const { plugins, problems } = await (await openServer(dataDir)).graph({});
    await host.stop({ deadlineMs: 0 });
    if (problems.length === 0) return `${plugins.length} start`;
    throw new Error(problems.join('; '));
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function checkPage(project: Project): Promise<string> {
  if (await isWebCurrent(project)) return 'built from the present sources';
  throw new Error('not built, or from other sources; `parley start` and `parley build` build it');
}
