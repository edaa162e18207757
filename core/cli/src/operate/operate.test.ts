import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../../../..');
const COMMAND = join(ROOT, 'core/cli/bin/parley.mjs');
const folder = mkdtempSync(join(tmpdir(), 'parley-operate-'));
const config = join(folder, 'parley.config.yaml');
const hello = join(folder, 'hello.mjs');
const CONFIG = 'plugins:\n  - use: notes\n    config: { maxNotesPerConversation: 5 }\n';
const source = (version: string) =>
  `export default { id: 'acme.hello', version: '${version}', kernel: '^1.0.0', setup() {} };`;

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly lastLine: string;
}

/** Runs the command in the folder as its operator does. */
function parley(words: string, input = ''): Promise<Ended> {
  const program = spawn(process.execPath, [COMMAND, ...words.split(' ')], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '', PARLEY_CONFIG: '', PARLEY_DATA: '' },
  });
  let output = '';
  program.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  program.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  program.stdin.end(input);
  return new Promise((resolve) =>
    program.once('close', (code) => resolve({ code, output, lastLine: output.trim().split('\n').at(-1) ?? '' })),
  );
}

describe('the commands of an operator, without a server', () => {
  it.each(['graph', 'plan', 'plugin list', 'plugin disable notes', 'config diff'])(
    'say at `parley %s` that none runs and what to do',
    async (words) => {
      const { code, output } = await parley(words);
      expect([code, output]).toEqual([1, expect.stringMatching(/^HOST_NOT_RUNNING: .*parley start/)]);
    },
    20_000,
  );

  it('check the configuration, every mistake at once', async () => {
    writeFileSync(config, `nam: x\n${CONFIG.replace('maxNotesPer', 'maxNotsPer')}  - use: ./missing.mjs\n`);
    const { code, output, lastLine } = await parley('config check');
    expect(code).toBe(1);
    expect(output).toContain(`${config}:1: nam: unknown key; did you mean name?`);
    expect(output).toContain(`${config}:4: notes.maxNotsPerConversation: unknown setting`);
    expect(output).toContain('./missing.mjs: ');
    expect(lastLine).toMatch(/, 3 problems$/);
  }, 20_000);

  it('print where each value comes from, and no secret', async () => {
    writeFileSync(config, `${CONFIG}  - use: provider-openai\n    config: { apiKey: swordfish }\n`);
    const { code, output } = await parley('config print');
    expect(code).toBe(0);
    expect(output).toContain('maxNotesPerConversation: 5  # parley.config.yaml:3');
    expect(output).toContain('apiKey: "[secret]"  # parley.config.yaml:5');
    expect(output).not.toContain('swordfish');
  }, 20_000);

  it('write a schema that knows the settings of plugins', async () => {
    expect((await parley('config schema --write')).code).toBe(0);
    const schema = JSON.parse(readFileSync(join(folder, '.parley/config.schema.json'), 'utf8')) as { $defs: object };
    expect(Object.keys(schema.$defs)).toEqual(expect.arrayContaining(['notes', 'chat', 'provider-openai']));
  }, 20_000);
});

describe('the commands of an operator, on a server', () => {
  let server: ReturnType<typeof spawn>;
  beforeAll(async () => {
    writeFileSync(config, CONFIG);
    writeFileSync(hello, source('1.0.0'));
    server = spawn(
      process.execPath,
      [COMMAND, 'start', '--no-web', '--port', '0', '--data', join(folder, 'data'), '--config', config],
      {
        cwd: ROOT,
        env: { ...process.env, NODE_OPTIONS: '' },
      },
    );
    await new Promise<void>((resolve) => {
      server.stdout?.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('Parley is ready')) resolve();
      });
    });
  }, 30_000);
  afterAll(() => void server.kill('SIGKILL'));

  it('show what runs', async () => {
    const { output, lastLine } = await parley('graph');
    expect(output).toMatch(/^notes +\S+ +ready/m);
    expect(output).toMatch(/^conversation\.deleted parallel|^conversation\.deleted notify/m);
    expect(lastLine).toMatch(/^graph: kernel \S+, \d+ plugins, \d+ up, 0 down, \d+ hooks tapped, 0 problems$/);
    expect(JSON.parse((await parley('graph --json')).output)).toMatchObject({ problems: [] });
  }, 20_000);

  it('plan, and ask before they apply', async () => {
    const planned = await parley('plan disable notes');
    expect(planned.output).toMatch(/- stop +notes/);
    expect(planned.lastLine).toMatch(/^plan: 1 changes, 0 problems, id [0-9a-f]+$/);
    expect(await parley('apply disable notes')).toMatchObject({ code: 1, output: expect.stringContaining('--yes') });
    expect((await parley('plugin list')).output).toMatch(/^notes +\S+ +ready/m);
    expect((await parley('plan disable storage-sqlite')).code).toBe(1);
  }, 20_000);

  it('change settings, show the difference to the file, and go back', async () => {
    expect((await parley('plugin set notes maxNotesPerConversation=9')).lastLine).toMatch(
      /^plugin set: version 1 runs, 1 changes in \d+ ms$/,
    );
    const differs = await parley('config diff');
    expect([differs.code, differs.output]).toEqual([1, expect.stringMatching(/notes\.maxNotesPerConversation +5 +9/)]);
    expect((await parley('plugin history')).output).toMatch(/^\* 1 .*operator \(socket\) +configure notes/m);
    expect((await parley('plugin rollback 0')).code).toBe(0);
    expect(await parley('config diff')).toMatchObject({ code: 0, lastLine: 'config diff: 0 differences' });
  }, 30_000);

  it('take a secret from standard input and show it nowhere', async () => {
    expect((await parley('plugin set provider-openai apiKey=-', 'swordfish\n')).code).toBe(0);
    const { output } = await parley('plugin list --json');
    expect(output).toContain('"$secret": true');
    expect(output).not.toContain('swordfish');
    expect(readFileSync(join(folder, 'data/composition.json'), 'utf8')).not.toContain('swordfish');
  }, 20_000);

  it('add a plugin and read its code again', async () => {
    expect((await parley(`apply --yes add ${hello}`)).code).toBe(0);
    writeFileSync(hello, source('1.1.0'));
    expect((await parley('apply --yes update acme.hello')).output).toContain('1.0.0 -> 1.1.0');
    expect((await parley('plugin list')).output).toMatch(/^acme\.hello +1\.1\.0 +ready +admin +third-party/m);
  }, 20_000);

  it('name the nearest plugin', async () => {
    expect((await parley('plugin enable nots')).output).toContain('did you mean notes?');
  }, 20_000);
});
