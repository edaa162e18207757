import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../../..');
const COMMAND = join(ROOT, 'core/cli/bin/parley.mjs');
const started: ReturnType<typeof spawn>[] = [];
afterAll(() => started.forEach((program) => program.kill('SIGKILL')));

/** Starts the command as people do, and reads what it prints. */
function run(args: string[], { cwd = ROOT, env = {} } = {}) {
  const program = spawn(process.execPath, [COMMAND, ...args], {
    cwd,
    env: { ...process.env, NODE_OPTIONS: '', ...env },
  });
  started.push(program);
  let output = '';
  const printed = Promise.withResolvers<string>();
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
    if (/Parley is ready at \S+\n/.test(output)) printed.resolve(output);
  };
  program.stdout.on('data', collect);
  program.stderr.on('data', collect);
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    program.once('close', (code) => resolve({ code, output })),
  );
  return { program, ended, ready: Promise.race([printed.promise, ended.then((end) => end.output)]) };
}

describe('parley', () => {
  it('explains itself', async () => {
    expect((await run(['--help']).ended).output).toMatch(/^Usage: parley/);
    expect((await run(['--version']).ended).output).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('names what it does not know', async () => {
    const { code, output } = await run(['strat']).ended;
    expect([code, output]).toEqual([1, expect.stringContaining('There is no command strat')]);
    expect(await run(['start', '--prot']).ended).toMatchObject({
      code: 1,
      output: expect.stringContaining("'--prot'"),
    });
  });

  it('needs a project', async () => {
    const { code, output } = await run(['build'], { cwd: tmpdir() }).ended;
    expect([code, output]).toEqual([1, expect.stringContaining('CLI_NO_PROJECT')]);
  });

  it('tells a config error with file, line and nearest key, and starts nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-cli-'));
    const config = join(folder, 'parley.config.yaml');
    writeFileSync(config, 'plugins:\n  - use: notes\n    config:\n      maxNotesPerConversaton: 5\n');
    const { code, output } = await run(['start', '--no-web', '--port', '0', '--data', folder, '--config', config])
      .ended;
    expect(code).toBe(1);
    expect(output).toContain(`${config}:4`);
    expect(output).toContain('did you mean maxNotesPerConversation?');
  });

  it('goes on when nobody reads its output any more', async () => {
    const data = mkdtempSync(join(tmpdir(), 'parley-cli-'));
    const { program, ready } = run(['start', '--no-web', '--port', '0', '--data', data], {
      env: { PARLEY_LOG: 'debug' },
    });
    const url = /Parley is ready at (\S+)/.exec(await ready)?.[1] ?? '';
    program.stdout.destroy();
    program.stderr.destroy();
    const statuses: number[] = [];
    for (let turn = 0; turn < 3; turn += 1) statuses.push((await fetch(`${url}/api/nowhere`)).status);
    expect(statuses).toEqual([404, 404, 404]);
    program.kill('SIGTERM');
  });

  it('starts, tells where, stops on SIGTERM with code 0', async () => {
    const data = mkdtempSync(join(tmpdir(), 'parley-cli-'));
    const { program, ready, ended } = run(['start', '--no-web', '--port', '0', '--data', data]);
    const output = await ready;
    const url = /Parley is ready at (\S+)/.exec(output)?.[1] ?? '';
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    program.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });
});
