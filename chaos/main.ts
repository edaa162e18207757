// npm run chaos [-- <id> ... [--loops n] [--seed n] [--short] [--sabotage]]: breaks a real server and checks what was
// promised. Without an id it lists them; `ci` plays the short form of all. Closes with `chaos: N passed, N failed`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from './lib/random.ts';
import type { Facts, Scenario } from './lib/scenario.ts';
import { scenarios } from './scenarios.ts';

const MAX_SHOWN = 20;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    loops: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    short: { type: 'boolean', default: false },
    sabotage: { type: 'boolean', default: false },
  },
});
const isShort = values.short || positionals.includes('ci');
const seed = Number(values.seed);

function list(): void {
  for (const { id, title, loops } of scenarios)
    console.log(`${id}  ${title} (${loops.full} loops, ${loops.short} short)`);
  console.log('npm run chaos -- <id> [--loops n] [--seed n] [--short] [--sabotage], or: npm run chaos -- ci');
}

function choose(): readonly Scenario[] {
  if (positionals.includes('ci')) return scenarios;
  return positionals.map((id) => {
    const found = scenarios.find((scenario) => scenario.id.toLowerCase() === id.toLowerCase());
    if (found) return found;
    throw new Error(`there is no scenario ${id}; there are: ${scenarios.map((each) => each.id).join(', ')}`);
  });
}

const closing = (id: string, facts: Facts): string =>
  `chaos ${id}: ${Object.entries(facts)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')}`;

async function play(scenario: Scenario): Promise<boolean> {
  const { id, title } = scenario;
  const loops = Number(values.loops ?? scenario.loops[isShort ? 'short' : 'full']);
  console.log(`--- ${id}: ${title} (--loops ${loops} --seed ${seed}${isShort ? ' --short' : ''})`);
  const folder = await mkdtemp(join(tmpdir(), `parley-chaos-${id.toLowerCase()}-`));
  let problems = 0;
  const wrong = (problem: string): void => {
    problems += 1;
    if (problems <= MAX_SHOWN) console.error(`wrong: ${problem}`);
  };
  const trial = {
    loops,
    random: createRandom(seed),
    isShort,
    isSabotaged: values.sabotage,
    folder,
    say: console.log,
    wrong,
  };
  const startedMs = performance.now();
  try {
    const facts = await scenario.play(trial);
    console.log(`${((performance.now() - startedMs) / 1_000).toFixed(0)} s`);
    console.log(closing(id, { loops, ...facts }));
  } catch (error) {
    console.error(error);
    console.log(`chaos ${id}: broke off, see above`);
    problems += 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return problems === 0;
}

const outcomes = { passed: 0, failed: 0, skipped: 0 };
for (const scenario of choose()) {
  const reason = await scenario.lacks?.();
  if (reason === undefined) outcomes[(await play(scenario)) ? 'passed' : 'failed'] += 1;
  else {
    const isRequired = process.env['REQUIRE_SERVICES'] === '1';
    console.log(`chaos ${scenario.id}: ${isRequired ? 'failed' : 'skipped'}, ${reason}`);
    outcomes[isRequired ? 'failed' : 'skipped'] += 1;
  }
}
if (positionals.length === 0) list();
else {
  const skipped = outcomes.skipped === 0 ? '' : `, ${outcomes.skipped} skipped`;
  console.log(`chaos: ${outcomes.passed} passed, ${outcomes.failed} failed${skipped}`);
}
process.exit(outcomes.failed === 0 ? 0 : 1);
