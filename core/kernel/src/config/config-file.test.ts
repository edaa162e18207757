import { describe, expect, it } from '@jest/globals';
import { isAppError } from '@parley/contracts';
import { readConfigFile } from './config-file.ts';
import type { ConfigFileInput } from './config-file.ts';

const read = (text: string, more: Partial<ConfigFileInput> = {}) =>
  readConfigFile({ text, fileName: 'parley.config.yaml', env: {}, ...more });

function problemsOf(text: string, more: Partial<ConfigFileInput> = {}): readonly string[] {
  try {
    read(text, more);
  } catch (error) {
    if (isAppError(error, 'KERNEL_INVALID')) return error.details['problems'] as readonly string[];
    throw error;
  }
  return [];
}

describe('a configuration file', () => {
  it('may be empty', () => {
    expect(read('')).toMatchObject({ bindings: {}, server: {} });
    expect(read('').plugins).toBeUndefined();
  });

  it('names plugins, bindings and the server', () => {
    const file = read(`
name: Acme chat
plugins:
  - use: notes
  - use: provider-openai
    id: local
    enabled: false
    config: { baseUrl: http://127.0.0.1:8000/v1 }
bindings: { cache: redis }
server: { port: 3000, address: 0.0.0.0 }
`);
    expect(file).toMatchObject({
      name: 'Acme chat',
      plugins: [
        { use: 'notes', enabled: true },
        { use: 'provider-openai', id: 'local', enabled: false, config: { baseUrl: 'http://127.0.0.1:8000/v1' } },
      ],
      bindings: { cache: 'redis' },
      server: { port: 3000, address: '0.0.0.0' },
    });
  });

  it('says how plugins are held, ordered and required', () => {
    const file = read(`
plugins:
  - use: acme.weather
    grants: { network: [api.example.com] }
    isolation: process
    startup: { timeout: 20s }
order: { chat.prompt: [rag, '*', house-style] }
required: [storage-driver]
`);
    expect(file).toMatchObject({
      plugins: [{ grants: { network: ['api.example.com'] }, isolation: 'process', startup: { timeout: 20_000 } }],
      order: { 'chat.prompt': ['rag', '*', 'house-style'] },
      required: ['storage-driver'],
    });
  });

  it('wants a time with its unit', () => {
    expect(problemsOf('plugins:\n  - use: a\n    startup: { timeout: 20 }\n')).toEqual([
      expect.stringMatching(/^parley\.config\.yaml:3: plugins\.0\.startup\.timeout: /),
    ]);
  });

  it('knows which settings hold a secret place', () => {
    const text = 'plugins:\n  - use: a\n    config:\n      url: x://${secret:KEY}@y\n      other: ${env:KEY}\n';
    expect(read(text, { env: { KEY: 'k' } }).secretsOf('a')).toEqual([['url']]);
  });

  it('knows the line of each setting, and of the nearest parent of one that is not there', () => {
    const { source } = read('plugins:\n  - use: notes\n    config:\n      limits:\n        maxBytes: 3\n');
    expect(source.place('notes', ['limits', 'maxBytes'])).toBe('parley.config.yaml:5');
    expect(source.place('notes', ['limits', 'missing'])).toBe('parley.config.yaml:5');
    expect(source.place('other', ['limits'])).toBe('parley.config.yaml');
  });

  it('reports an unknown key with its line and the nearest name', () => {
    expect(problemsOf('plugins:\n  - uses: notes\n    use: notes\n')).toEqual([
      'parley.config.yaml:2: plugins.0.uses: unknown key; did you mean use?',
    ]);
  });

  it('reports every problem at once', () => {
    const problems = problemsOf('plugin: []\nserver:\n  port: 99999\n  adress: x\nname: ${env:NAME}\n');
    expect(problems).toHaveLength(4);
    expect(problems).toContainEqual('parley.config.yaml:1: plugin: unknown key; did you mean plugins?');
    expect(problems).toContainEqual('parley.config.yaml:4: server.adress: unknown key; did you mean address?');
    expect(problems).toContainEqual(expect.stringMatching(/^parley\.config\.yaml:3: server\.port: /));
    expect(problems).toContainEqual(expect.stringMatching(/^parley\.config\.yaml:5: the environment has no NAME/));
  });

  it('reports bad YAML with its line', () => {
    expect(problemsOf('name: a\nname: b\n')[0]).toMatch(/^parley\.config\.yaml:2: /);
  });

  it('reports something that is no map', () => {
    expect(problemsOf('- a\n')).toHaveLength(1);
  });
});

describe('places in a configuration', () => {
  const config = (value: string, more: Partial<ConfigFileInput> = {}) =>
    read(`plugins:\n  - use: a\n    config:\n      value: ${value}\n`, more).plugins?.[0]?.config?.['value'];

  it.each([
    ['${env:REGION}', 'eu'],
    ['${env:MISSING:-us}', 'us'],
    ['${env:EMPTY:-us}', 'us'],
    ['${env:MISSING:-}', ''],
    ['a ${env:REGION} b ${env:REGION}', 'a eu b eu'],
    ['${env:PORT}', 3000],
    ["'${env:PORT}'", '3000'],
    ['${env:ON}', true],
    ['${secret:PORT}', '3000'],
    ['$${env:REGION}', '${env:REGION}'],
    ['plain', 'plain'],
  ])('turn %s into %j', (value, expected) => {
    expect(config(value, { env: { REGION: 'eu', EMPTY: '', PORT: '3000', ON: 'true' } })).toBe(expected);
  });

  it('read a file through the reader that is given', () => {
    expect(config('${file:./key.txt}', { readFile: (path) => (path === './key.txt' ? 'content\n' : undefined) })).toBe(
      'content',
    );
    expect(problemsOf('name: ${file:none}')).toEqual(['parley.config.yaml:1: the file none can not be read']);
  });

  it('are never looked for in what was filled in', () => {
    expect(config('${env:A}', { env: { A: '${env:B}', B: 'b' } })).toBe('${env:B}');
  });

  it.each(['${REGION}', '${eval:1+1}', '${env:}'])('do not know %s', (place) => {
    expect(problemsOf(`name: ${place}`)[0]).toContain(`${place} is not known; use`);
  });
});

describe('a configuration in TypeScript', () => {
  const text = [
    "import { defineConfig } from '@parley/kernel/config';",
    'export default defineConfig({',
    '  plugins: [',
    "    { use: 'first', config: { value: 1 } },",
    '    {',
    "      use: 'notes',",
    "      config: { limits: { maxBytes: '${env:MAX}' } },",
    '    },',
    '  ],',
    '  server: { port: 1 },',
    '});',
  ].join('\n');
  const tree = {
    plugins: [
      { use: 'first', config: { value: 1 } },
      { use: 'notes', config: { limits: { maxBytes: '${env:MAX}' } } },
    ],
    server: { port: 1 },
  };

  it('gives the same tree as YAML', () => {
    const yaml = `
plugins:
  - use: first
    config: { value: 1 }
  - use: notes
    config:
      limits:
        maxBytes: \${env:MAX}
server: { port: 1 }
`;
    const env = { MAX: '5' };
    const { source: _yaml, secretsOf: _of, ...same } = read(yaml, { env });
    expect(read(text, { tree, env })).toMatchObject(same);
  });

  it('knows its lines too', () => {
    const { source } = read(text, { tree, env: { MAX: '5' } });
    expect(source.place('notes', ['limits', 'maxBytes'])).toBe('parley.config.yaml:7');
    expect(source.place('first', ['value'])).toBe('parley.config.yaml:4');
    expect(source.place('notes', ['value'])).toBe('parley.config.yaml:7');
    expect(problemsOf(text, { tree: { ...tree, server: { port: 'x' } }, env: { MAX: '5' } })).toEqual([
      expect.stringMatching(/^parley\.config\.yaml:10: server\.port: /),
    ]);
  });
});
