/** Makes plugins from templates; `parley plugin new` and `npm create parley-plugin` are the same. */
export { createErrors } from './create-errors.ts';
export { createPlugin } from './create-plugin.ts';
export type { CreatedPlugin, CreateOptions } from './create-plugin.ts';
export { wordsOf } from './names.ts';
export type { Words } from './names.ts';
export { createRenaming } from './rename.ts';
export type { Renaming } from './rename.ts';
export { runCreate } from './run-create.ts';
export { TEMPLATES } from './templates.ts';
export type { TemplateName } from './templates.ts';
