// npm run examples [-- name ...]: runs each example to its end and holds its last line against what it must say.
// Closes with `examples: N passed, N failed`.
import { run } from './run.ts';

interface Example {
  readonly command: string;
  readonly args: readonly string[];
  /** What the last line of its output is. */
  readonly answer: string;
}

const node = (file: string): Pick<Example, 'command' | 'args'> => ({
  command: 'node',
  args: ['--conditions=parley:source', '--disable-warning=ExperimentalWarning', file],
});
const EXAMPLES: Readonly<Record<string, Example>> = {
  'curl-chat': { command: 'bash', args: ['examples/curl-chat/run.sh'], answer: 'Hello from curl' },
  'no-chat': {
    ...node('examples/no-chat/run.ts'),
    answer: 'without chat: auth-local, cache-memory, identity, notebook, notes, privacy, storage-sqlite',
  },
  'weather-plugin': {
    command: 'bash',
    args: ['examples/weather-plugin/run.sh'],
    answer: 'weather: rain in Oslo, 9 degrees, drawn by the plugin',
  },
  'openai-compatible': { ...node('examples/openai-compatible/run.ts'), answer: 'The capital of France is Paris.' },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in EXAMPLES));
if (unknown.length > 0)
  throw new Error(`unknown example ${unknown.join(', ')}; known: ${Object.keys(EXAMPLES).join(', ')}`);

let failed = 0;
const names = wanted.length > 0 ? wanted : Object.keys(EXAMPLES);
for (const name of names) {
  const example = EXAMPLES[name] as Example;
  console.log(`--- ${name}`);
  const { code, output } = await run(example.command, example.args, { show: true });
  const last = output.trimEnd().split('\n').at(-1);
  if (code === 0 && last === example.answer) continue;
  failed += 1;
  console.error(
    `${name}: exit ${code}; the last line is ${JSON.stringify(last)}, expected ${JSON.stringify(example.answer)}`,
  );
}
console.log(`examples: ${names.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
