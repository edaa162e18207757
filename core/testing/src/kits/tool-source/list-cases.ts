import assert from 'node:assert/strict';
import { TOOL_LIMITS } from '@parley/contracts';
import type { Tool } from '@parley/contracts';
import * as z from 'zod';
import type { KitCase } from '../kit.ts';
import type { ToolSourceSubject } from './subject.ts';

type Case = KitCase<ToolSourceSubject>;

const NAME = /^[A-Za-z0-9_-]{1,64}$/;
const bytesOf = (text: string): number => Buffer.byteLength(text);
const toolsOf = ({ source }: ToolSourceSubject): Promise<readonly Tool[]> => source.list(new AbortController().signal);

async function findTool(subject: ToolSourceSubject, name: string): Promise<Tool> {
  const tools = await toolsOf(subject);
  const tool = tools.find((each) => each.name === name);
  assert.ok(tool, `${name} is listed; the tools are ${tools.map((each) => each.name).join(', ')}`);
  return tool;
}

const listsOnce: Case = {
  name: 'lists at least one tool, each name once and fit for a model',
  run: async (subject) => {
    const names = (await toolsOf(subject)).map(({ name }) => name);
    assert.ok(names.length > 0, 'at least one tool');
    assert.ok(names.length <= TOOL_LIMITS.tools, `${names.length} tools, at most ${TOOL_LIMITS.tools}`);
    for (const name of names) assert.match(name, NAME);
    assert.equal(new Set(names).size, names.length, 'no name twice');
  },
};

const saysWhatItDoes: Case = {
  name: 'says of each tool what it does, in bounds',
  run: async (subject) => {
    for (const { name, title, description, isReadOnly } of await toolsOf(subject)) {
      assert.notEqual(title.trim(), '', `${name} has a title`);
      assert.notEqual(description.trim(), '', `${name} has a description`);
      assert.ok(bytesOf(description) <= TOOL_LIMITS.descriptionBytes, `the description of ${name} is within the limit`);
      assert.equal(typeof isReadOnly, 'boolean', `${name} says whether it changes anything`);
    }
  },
};

const hasSchemas: Case = {
  name: 'describes the input of each tool as JSON Schema of an object, in bounds',
  run: async (subject) => {
    for (const { name, inputSchema } of await toolsOf(subject)) {
      const text = JSON.stringify(inputSchema);
      assert.deepEqual(JSON.parse(text), inputSchema, `the schema of ${name} is plain JSON`);
      assert.ok(bytesOf(text) <= TOOL_LIMITS.schemaBytes, `the schema of ${name} is within the limit`);
      assert.equal(inputSchema['type'], 'object', `the schema of ${name} describes an object`);
      z.fromJSONSchema(inputSchema);
    }
  },
};

const schemasAreTrue: Case = {
  name: 'takes what its schema allows and nothing else',
  run: async (subject) => {
    const { plain, invalid } = subject.calls;
    const accepts = async ({ name, input }: { name: string; input: unknown }) =>
      z.fromJSONSchema((await findTool(subject, name)).inputSchema).safeParse(input).success;
    assert.ok(await accepts(plain), 'the schema allows the call that succeeds');
    assert.ok(!(await accepts(invalid)), 'the schema forbids the call that is refused');
  },
};

const isStable: Case = {
  name: 'lists the same tools twice',
  run: async (subject) => assert.deepEqual(await toolsOf(subject), await toolsOf(subject)),
};

/** What the list of a source must be. */
export const listCases: readonly Case[] = [listsOnce, saysWhatItDoes, hasSchemas, schemasAreTrue, isStable];
