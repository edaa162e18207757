import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { AppError } from '@parley/contracts';
import { appliedLines } from '../operate/applied-lines.ts';
import { parseChanges } from '../operate/parse-changes.ts';
import { planLines } from '../operate/plan-lines.ts';
import { dataDirOf, openServer, PLACE_OPTIONS } from '../operate/server.ts';
import { printLines } from '../print/columns.ts';
import { createStyle } from '../print/style.ts';

const OPTIONS = { ...PLACE_OPTIONS, json: { type: 'boolean' } } as const;

const changesOf = (words: readonly string[]) => (words.length === 0 ? {} : { changes: [...parseChanges(words)] });

/** `parley plan [changes]`: what changes would do, or the config file as it is now; exit code 1 with problems. */
export async function plan(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const server = await openServer(dataDirOf(values));
  const made = await server.plan(changesOf(positionals));
  printLines(values.json ? [JSON.stringify(made, undefined, 2)] : planLines(made, createStyle()));
  if (made.problems.length > 0) process.exitCode = 1;
}

/**
 * `parley apply [changes]`: shows the plan, asks at a terminal, and does exactly what it says.
 * @throws CLI_UNCONFIRMED where nobody can be asked and `--yes` is missing
 */
export async function apply(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...OPTIONS, yes: { type: 'boolean', short: 'y' } },
  });
  const style = createStyle();
  const server = await openServer(dataDirOf(values));
  const wish = changesOf(positionals);
  const made = await server.plan(wish);
  if (!values.json) printLines(planLines(made, style));
  if (made.problems.length > 0) {
    const message = `The changes can not be applied: ${made.problems.join('; ')}`;
    throw new AppError({ code: 'CLI_REFUSED', status: 400, message });
  }
  if (values.yes !== true && !(await isConfirmed())) return printLines(['apply: nothing was changed']);
  const applied = await server.apply({ ...wish, planId: made.id });
  printLines(values.json ? [JSON.stringify(applied, undefined, 2)] : appliedLines('apply', applied, style));
}

async function isConfirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    const message = 'Nobody can be asked here; add --yes to apply what the plan says';
    throw new AppError({ code: 'CLI_UNCONFIRMED', status: 400, message });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question('Apply this? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
}
