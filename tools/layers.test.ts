import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { root, run } from './run.ts';

/** Each forbidden import, planted: the rule that must catch it, the file, and what it imports. */
const PLANTED: readonly (readonly [rule: string, file: string, code: string])[] = [
  ['contracts-know-nothing-above', 'contracts/src/up.ts', "import { ok } from '../../core/kernel/src/ok.ts';"],
  ['contracts-use-zod-only', 'contracts/src/node.ts', "import { readFileSync as ok } from 'node:fs';"],
  [
    'core-knows-no-plugin-or-host',
    'core/kernel/src/up.ts',
    "import { ok } from '../../../plugins/a/src/server/ok.ts';",
  ],
  [
    'core-knows-no-plugin-or-host',
    'core/testing/src/up.ts',
    "import type { ok } from '../../../host-server/src/ok.ts';",
  ],
  ['kernel-is-universal', 'core/kernel/src/express.ts', "import { ok } from '../../web/src/ok.ts';"],
  ['kernel-without-node', 'core/kernel/src/node.ts', "import { readFileSync as ok } from 'node:fs';"],
  ['plugins-know-no-host', 'plugins/a/src/server/up.ts', "import { ok } from '../../../../host-server/src/ok.ts';"],
  ['plugins-meet-by-contract', 'plugins/a/src/server/across.ts', "import { ok } from '../../../b/src/server/ok.ts';"],
  ['contract-side-knows-no-other', 'plugins/a/src/contract/side.ts', "import { ok } from '../server/ok.ts';"],
  ['server-never-meets-web', 'plugins/a/src/server/web.ts', "import type { ok } from '../web/ok.ts';"],
  ['web-never-meets-server', 'plugins/a/src/web/server.ts', "import type { ok } from '../server/ok.ts';"],
  ['web-without-node', 'plugins/a/src/web/node.ts', "import { readFileSync as ok } from 'node:fs';"],
  ['hosts-never-meet', 'host-server/src/web.ts', "import { ok } from '../../host-web/src/ok.ts';"],
  ['web-host-knows-no-server', 'host-web/src/server.ts', "import { ok } from '../../plugins/a/src/server/ok.ts';"],
  ['sdk-in-its-driver-only', 'plugins/a/src/server/sdk.ts', "import ok from 'openai';"],
  ['no-cycles', 'core/web/src/one.ts', "import { ok } from './two.ts'; export const one = ok;"],
  ['everything-resolves', 'plugins/a/src/server/gone.ts', "import { ok } from './nowhere.ts';"],
];
const ALLOWED: readonly (readonly [file: string, code: string])[] = [
  ['core/kernel/src/ok.ts', "import { ok as base } from '../../../contracts/src/ok.ts'; export const ok = base;"],
  [
    'plugins/a/src/server/ok.ts',
    "import { ok as base } from '../contract/ok.ts'; import { ok as other } from '../../../b/src/contract/ok.ts'; export const ok = [base, other];",
  ],
  ['plugins/a/src/web/ok.ts', "import { ok as base } from '../contract/ok.ts'; export const ok = base;"],
  ['host-server/src/ok.ts', "import { ok as base } from '../../plugins/a/src/server/ok.ts'; export const ok = base;"],
];
const PLAIN = [
  'contracts/src/ok.ts',
  'core/web/src/ok.ts',
  'core/testing/src/ok.ts',
  'plugins/a/src/contract/ok.ts',
  'plugins/b/src/contract/ok.ts',
  'plugins/b/src/server/ok.ts',
  'host-web/src/ok.ts',
];

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

describe('the table of allowed imports', () => {
  let tree = '';
  let violations: readonly Violation[] = [];
  beforeAll(async () => {
    tree = mkdtempSync(join(tmpdir(), 'parley-layers-'));
    const write = (file: string, code: string) => {
      mkdirSync(dirname(join(tree, file)), { recursive: true });
      writeFileSync(join(tree, file), `${code}\n`);
    };
    for (const file of PLAIN) write(file, 'export const ok = 1;');
    for (const [file, code] of ALLOWED) write(file, code);
    for (const [, file, code] of PLANTED)
      write(file, code.includes('export') ? code : `${code} export type Planted = typeof ok;`);
    write('core/web/src/two.ts', "import { one } from './one.ts'; export const ok = one;");
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
    const { output } = await run(
      'depcruise',
      [
        '--config',
        join(root, 'tools/layers.mjs'),
        '--output-type',
        'json',
        '--no-progress',
        'contracts',
        'core',
        'plugins',
        'host-server',
        'host-web',
      ],
      { cwd: tree },
    );
    violations = (
      JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1)) as {
        summary: { violations: Violation[] };
      }
    ).summary.violations;
  }, 60_000);
  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it.each(PLANTED)('%s catches %s', (rule, file) => {
    expect(violations.filter((violation) => violation.from === file).map((violation) => violation.rule.name)).toContain(
      rule,
    );
  });

  it('leaves what is allowed alone', () => {
    const allowed = new Set([...PLAIN, ...ALLOWED.map(([file]) => file)]);
    expect(violations.filter((violation) => allowed.has(violation.from))).toEqual([]);
  });
});
