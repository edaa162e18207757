import { parseArgs } from 'node:util';
import { graphLines } from '../operate/graph-lines.ts';
import { dataDirOf, openServer, PLACE_OPTIONS } from '../operate/server.ts';
import { printLines } from '../print/columns.ts';
import { createStyle } from '../print/style.ts';

/** `parley graph [--json]`: what runs, how it is wired, in which order taps take their turns, and how long they take. */
export async function graph(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { ...PLACE_OPTIONS, json: { type: 'boolean' } } });
  const server = await openServer(dataDirOf(values));
  const drawn = await server.graph({});
  printLines(values.json ? [JSON.stringify(drawn, undefined, 2)] : graphLines(drawn, createStyle()));
}
