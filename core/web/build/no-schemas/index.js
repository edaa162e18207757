// Stands for zod in browser builds. Contracts describe their data with schemas that only servers parse with; a page
// takes types, paths and methods from them. Building the schemas would cost each page 45 kB and their set-up time.
const PARSERS = ['parse', 'safeParse', 'parseAsync', 'safeParseAsync', 'decode', 'encode'];
const refuse = (name) => () => {
  throw new Error(`${name}() of a contract's schema does not work in the browser; import "zod/mini" to check a form`);
};

const schema = new Proxy(() => schema, {
  get: (_target, name) => {
    if (name === 'then' || typeof name === 'symbol') return undefined;
    return PARSERS.includes(name) ? refuse(name) : schema;
  },
  apply: () => schema,
  construct: () => schema,
});

module.exports = schema;
