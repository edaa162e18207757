const number = new Intl.NumberFormat();
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const usd = new Intl.NumberFormat(undefined, {
  style: 'currency',
  currency: 'USD',
  currencyDisplay: 'narrowSymbol',
  maximumFractionDigits: 4,
});
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** Every text about models. */
export const messages = {
  table: 'Models',
  search: 'Search models',
  provider: 'Provider',
  allProviders: 'All providers',
  ability: 'Ability',
  anyAbility: 'Any ability',
  show: 'Show',
  shows: { all: 'All', shown: 'Shown', hidden: 'Hidden', unknown: 'Unknown' },
  none: 'There are no models yet. Set a provider’s key, and they show here.',
  toProviders: 'To the providers',
  nothing: 'No model is like that.',
  clear: 'Show all models',
  found: (shown: number, all: number) =>
    shown === all ? `${number.format(all)} models` : `${number.format(shown)} of ${number.format(all)} models`,
  more: (count: number) => `Show ${number.format(count)} more`,

  columns: {
    pick: 'Select',
    model: 'Model',
    limits: 'Reads / writes',
    price: 'Price per million',
    abilities: 'Can',
    shown: 'Shown',
    edit: 'Change',
  },
  pick: (name: string) => `Select ${name}`,
  pickAll: 'Select all that are found',
  picked: (count: number) => (count === 1 ? 'One model selected' : `${number.format(count)} models selected`),
  showPicked: 'Show',
  hidePicked: 'Hide',
  unpick: 'Clear selection',
  changedMany: (count: number, isShown: boolean) =>
    `${count === 1 ? 'One model is' : `${number.format(count)} models are`} ${isShown ? 'shown' : 'hidden'} now`,
  shownNow: (name: string) => `${name} is shown to people now`,
  hiddenNow: (name: string) => `${name} is hidden from people now`,
  isShown: (name: string) => `Show ${name} to people`,
  changeFailed: 'This was not changed',
  unknown: 'Unknown',
  unknownText: 'Neither its provider nor the catalogue says what it can do: its abilities are a guess.',
  isDefault: 'Default',
  overridden: 'Changed here',
  notListed: 'Not listed',
  forRoles: (roles: readonly string[]) => `Only ${roles.join(', ')}`,
  tokens: (count: number | undefined) => (count === undefined ? '–' : compact.format(count)),
  allTokens: (reads: number | undefined, writes: number | undefined) =>
    `Reads ${reads === undefined ? 'an unknown number of' : number.format(reads)} tokens, writes ${writes === undefined ? 'an unknown number' : number.format(writes)}`,
  price: (input: number, output: number | undefined) =>
    `${usd.format(input)} / ${output === undefined ? '–' : usd.format(output)}`,
  noPrice: '–',
  asOf: (asOf: string) => `as of ${day.format(new Date(`${asOf}T12:00:00`))}`,
  source: 'Source',
  abilities: {
    vision: 'sees images',
    files: 'reads files',
    audio: 'hears',
    video: 'watches',
    tools: 'uses tools',
    reasoning: 'reasons',
    structuredOutput: 'structured output',
    webSearch: 'searches the web',
    imageOutput: 'makes images',
  },
  edit: 'Edit',
  editOf: (name: string) => `Edit ${name}`,

  editTitle: (name: string) => `What is known of ${name}`,
  editLead: 'What you enter counts more than what its provider or the catalogue says. Empty fields say nothing.',
  name: 'Name',
  contextWindow: 'Reads at most',
  maxOutput: 'Writes at most',
  inputPrice: 'Price of input, US dollars per million tokens',
  outputPrice: 'Price of output, US dollars per million tokens',
  cachedPrice: 'Price of cached input, US dollars per million tokens',
  writePrice: 'Price of writing the cache, US dollars per million tokens',
  abilitiesTitle: 'Abilities',
  roles: 'Roles that may use it',
  rolesText: 'Everybody, when there is none. Administrators may use every model.',
  saysProvider: (value: string) => `provider: ${value}`,
  saysCatalogue: (value: string) => `catalogue: ${value}`,
  saysNobody: 'nobody says',
  yes: 'yes',
  no: 'no',
  catalogueFrom: 'The catalogue’s values are',
  reset: 'Take back what was entered',
  conflict: 'Somebody else has changed this model meanwhile. This is how it stands now:',
  overwrite: 'Mine shall take its place',
  saved: (name: string) => `${name} was changed`,
} as const;

/** A price as it is read. Unit: US dollars. */
export const usdText = (value: number): string => usd.format(value);
/** A count as it is read. */
export const countText = (value: number): string => number.format(value);
