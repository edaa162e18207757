// In place of zod's two modules that describe schemas as JSON Schema: the page only checks what comes in, and servers describe.
const refuse = () => {
  throw new Error('A zod schema is turned into JSON Schema on the server; the page has no code for it.');
};

module.exports = {
  toJSONSchema: refuse,
  createToJSONSchemaMethod: () => refuse,
  createStandardJSONSchemaMethod: () => refuse,
};
