import * as z from 'zod';

/** A table; a bar in a cell stays one. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A block of code. */
export const block = (code: string, language = 'ts'): string => `\`\`\`${language}\n${code.trim()}\n\`\`\``;

/** Words set as code. */
export const code = (text: string): string => (text === '' ? '' : `\`${text}\``);

/** A page that says where it comes from. */
export const page = (title: string, introduction: string, parts: readonly string[]): string =>
  [`# ${title}`, introduction, 'Written from the code by `npm run reference`; changes here are lost.', ...parts].join(
    '\n\n',
  ) + '\n';

/** A schema as a short type; `undefined` where it can not be written down. */
export function shapeOf(schema: z.ZodType): string | undefined {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonShape;
  const text = typeOf(json);
  return text === 'unknown' ? undefined : text;
}

interface JsonShape {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly items?: JsonShape;
  readonly anyOf?: readonly JsonShape[];
  readonly oneOf?: readonly JsonShape[];
  readonly properties?: Readonly<Record<string, JsonShape>>;
  readonly additionalProperties?: JsonShape | boolean;
  readonly required?: readonly string[];
}

/** A JSON Schema in the words of TypeScript. */
export function typeOf(shape: JsonShape): string {
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  if (shape.enum) return shape.enum.map((value) => JSON.stringify(value)).join(' | ');
  const union = shape.anyOf ?? shape.oneOf;
  if (union) return union.length > 4 ? 'object' : union.map(typeOf).join(' | ');
  if (shape.type === 'array') return `${typeOf(shape.items ?? {})}[]`;
  if (shape.type === 'object') return objectType(shape);
  return typeof shape.type === 'string' ? shape.type : 'unknown';
}

function objectType({ properties, additionalProperties, required = [] }: JsonShape): string {
  if (!properties || Object.keys(properties).length === 0) {
    return typeof additionalProperties === 'object' ? `Record<string, ${typeOf(additionalProperties)}>` : '{}';
  }
  const fields = Object.entries(properties).map(
    ([name, shape]) => `${name}${required.includes(name) ? '' : '?'}: ${typeOf(shape)}`,
  );
  return `{ ${fields.join('; ')} }`;
}
