/** Every text that a schema form says. */
export interface SchemaFormMessages {
  readonly required: string;
  readonly notSet: string;
  readonly on: string;
  readonly off: string;
  readonly defaultChoice: (value: string) => string;
  readonly defaultIs: (value: string) => string;
  readonly between: (least: string, most: string) => string;
  readonly atLeast: (least: string) => string;
  readonly atMost: (most: string) => string;
  readonly secretSet: string;
  readonly secretNotSet: string;
  readonly secretRemoved: string;
  readonly replaceSecret: (name: string) => string;
  readonly setSecret: (name: string) => string;
  readonly removeSecret: (name: string) => string;
  readonly keepSecret: (name: string) => string;
  readonly replace: string;
  readonly set: string;
  readonly remove: string;
  readonly keep: string;
  readonly newSecret: (name: string) => string;
  readonly addItem: (name: string) => string;
  readonly removeItem: (name: string) => string;
  readonly noItems: string;
  readonly item: (name: string, position: number) => string;
  readonly entryName: string;
  readonly entryValue: string;
  readonly addObject: (name: string) => string;
  readonly removeObject: (name: string) => string;
  readonly reset: (name: string) => string;
  readonly json: string;
  readonly noSettings: string;
  readonly wrong: {
    readonly missing: string;
    readonly text: string;
    readonly number: string;
    readonly integer: string;
    readonly choice: string;
    readonly list: string;
    readonly object: string;
    readonly json: string;
    readonly tooShort: (least: number) => string;
    readonly tooLong: (most: number) => string;
    readonly tooSmall: (least: number) => string;
    readonly tooLarge: (most: number) => string;
    readonly moreThan: (limit: number) => string;
    readonly lessThan: (limit: number) => string;
    readonly multipleOf: (step: number) => string;
    readonly pattern: (pattern: string) => string;
    readonly address: string;
    readonly email: string;
    readonly tooFew: (least: number) => string;
    readonly tooMany: (most: number) => string;
    readonly noName: string;
    readonly sameName: string;
  };
}

const number = (value: number): string => new Intl.NumberFormat().format(value);

/** The form's words in English. */
export const englishSchemaFormMessages: SchemaFormMessages = {
  required: 'required',
  notSet: 'Not set',
  on: 'on',
  off: 'off',
  defaultChoice: (value) => `Default (${value})`,
  defaultIs: (value) => `default ${value}`,
  between: (least, most) => `${least} to ${most}`,
  atLeast: (least) => `at least ${least}`,
  atMost: (most) => `at most ${most}`,
  secretSet: 'Is set',
  secretNotSet: 'Not set',
  secretRemoved: 'Will be removed',
  replaceSecret: (name) => `Replace ${name}`,
  setSecret: (name) => `Set ${name}`,
  removeSecret: (name) => `Remove ${name}`,
  keepSecret: (name) => `Keep the present ${name}`,
  replace: 'Replace',
  set: 'Set',
  remove: 'Remove',
  keep: 'Keep it',
  newSecret: (name) => `New ${name}`,
  addItem: (name) => `Add to ${name}`,
  removeItem: (name) => `Remove ${name}`,
  noItems: 'Nothing yet.',
  item: (name, position) => `${name} ${position}`,
  entryName: 'Name',
  entryValue: 'Value',
  addObject: (name) => `Set ${name}`,
  removeObject: (name) => `Remove ${name}`,
  reset: (name) => `Reset ${name}`,
  json: 'JSON',
  noSettings: 'There is nothing to set.',
  wrong: {
    missing: 'Fill this in',
    text: 'Enter a text',
    number: 'Enter a number',
    integer: 'Enter a whole number',
    choice: 'Choose one of the list',
    list: 'Enter a list',
    object: 'Enter an object',
    json: 'This is no valid JSON',
    tooShort: (least) => (least === 1 ? 'Fill this in' : `Enter at least ${number(least)} characters`),
    tooLong: (most) => `Enter at most ${number(most)} characters`,
    tooSmall: (least) => `Enter ${number(least)} or more`,
    tooLarge: (most) => `Enter ${number(most)} or less`,
    moreThan: (limit) => `Enter more than ${number(limit)}`,
    lessThan: (limit) => `Enter less than ${number(limit)}`,
    multipleOf: (step) => `Enter a multiple of ${number(step)}`,
    pattern: (pattern) => `This has to match ${pattern}`,
    address: 'Enter a whole address, for example https://example.org',
    email: 'Enter a whole e-mail address, for example ada@example.org',
    tooFew: (least) => `Add at least ${number(least)}`,
    tooMany: (most) => `Keep at most ${number(most)}`,
    noName: 'Enter a name',
    sameName: 'This name is there twice',
  },
};
