import { describe, expect, it } from '@jest/globals';
import scopeLoader from './scope-loader.js';

describe('the style of a plugin', () => {
  it('reaches only what is marked with its id, below the shell’s layers', () => {
    const css = scopeLoader.call({ getOptions: () => ({ id: 'acme.kanban' }) }, '.card { color: red }');
    expect(css).toBe('@layer plugins {\n@scope ([data-plugin="acme.kanban"]) {\n.card { color: red }\n}\n}\n');
  });
});
