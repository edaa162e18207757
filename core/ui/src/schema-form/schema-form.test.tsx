import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Button } from '../button/button.tsx';
import type { JsonSchema, SchemaProblem } from './json-schema.ts';
import { SchemaForm, type SchemaFormProps } from './schema-form.tsx';
import { type FormValue, useSchemaForm } from './use-schema-form.ts';

afterEach(cleanup);

/** A form with a button that checks it and one that lets the server refuse it. */
function show(properties: Record<string, JsonSchema>, initial: FormValue = {}, more: Partial<Shown> = {}) {
  const schema: JsonSchema = { type: 'object', properties, required: more.required ?? [] };
  let latest: FormValue = initial;
  let isGood: boolean | undefined;
  function Page() {
    const form = useSchemaForm(schema, initial);
    latest = form.value;
    return (
      <>
        <SchemaForm {...form} {...more.look} />
        <Button onPress={() => (isGood = form.check())}>Check</Button>
        <Button onPress={() => form.refuse(more.refusals ?? [])}>Refuse</Button>
      </>
    );
  }
  render(<Page />);
  return { user: userEvent.setup(), value: () => latest, isGood: () => isGood };
}
interface Shown {
  readonly required: readonly string[];
  readonly refusals: readonly SchemaProblem[];
  readonly look: Partial<SchemaFormProps>;
}
const parameters = { areRangesSliders: true, canReset: true };

const press = (name: string | RegExp) => screen.getByRole('button', { name });

describe('SchemaForm', () => {
  it('edits a text, and takes it out when it is emptied', async () => {
    const { user, value } = show({ baseUrl: { type: 'string' } }, { baseUrl: 'a' });
    const field = screen.getByRole('textbox', { name: 'Base URL' });
    await user.type(field, 'b');
    expect(value()).toEqual({ baseUrl: 'ab' });
    await user.clear(field);
    expect(value()).toEqual({});
  });

  it('edits a number beside its unit, and says large amounts in a larger one', async () => {
    const { user, value } = show({ idleMs: { type: 'integer', default: 60_000 } });
    const field = screen.getByRole('textbox', { name: 'Idle' });
    expect(field.getAttribute('placeholder')).toBe('60000');
    await user.type(field, '90000');
    expect(value()).toEqual({ idleMs: 90_000 });
    expect(screen.getByText(/= 1.5 min/)).toBeTruthy();
  });

  it('keeps what is on its way to a number', async () => {
    const { user, value } = show({ factor: { type: 'number' } });
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Factor' });
    await user.type(field, '1.50');
    expect(field.value).toBe('1.50');
    expect(value()).toEqual({ factor: 1.5 });
  });

  it('says what is wrong beside the field once it was left, and no more once it is right', async () => {
    const { user } = show({ size: { type: 'integer', minimum: 5 } });
    const field = screen.getByRole('textbox', { name: 'Size' });
    await user.type(field, '1');
    expect(screen.queryByText('Enter 5 or more')).toBeNull();
    await user.tab();
    expect(screen.getByText('Enter 5 or more')).toBeTruthy();
    expect(field.getAttribute('aria-invalid')).toBe('true');
    await user.type(field, '0');
    expect(screen.queryByText('Enter 5 or more')).toBeNull();
  });

  it('shows everything that is missing when it is checked', async () => {
    const { user, isGood } = show({ name: { type: 'string' } }, {}, { required: ['name'] });
    await user.click(press('Check'));
    expect(isGood()).toBe(false);
    expect(screen.getByText('Fill this in')).toBeTruthy();
  });

  it('shows what the server refuses beside its field until it is changed, the rest above all', async () => {
    const refusals = [
      { path: ['name'], message: 'taken' },
      { path: ['elsewhere'], message: 'lost' },
    ];
    const { user } = show({ name: { type: 'string' } }, { name: 'ada' }, { refusals });
    await user.click(press('Refuse'));
    expect(screen.getByText('taken')).toBeTruthy();
    expect(screen.getByText('lost')).toBeTruthy();
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'x');
    expect(screen.queryByText('taken')).toBeNull();
  });

  it('switches on and off from the default', async () => {
    const { user, value } = show({ isOn: { type: 'boolean', default: true } });
    const field = screen.getByRole<HTMLInputElement>('switch', { name: 'Is on' });
    expect(field.checked).toBe(true);
    await user.click(field);
    expect(value()).toEqual({ isOn: false });
  });

  it('chooses from a list, or the default', async () => {
    const { user, value } = show({ mode: { type: 'string', enum: ['fast', 'safe'], default: 'safe' } });
    await user.click(press(/Mode/));
    await user.click(screen.getByRole('option', { name: 'fast' }));
    expect(value()).toEqual({ mode: 'fast' });
    await user.click(press(/Mode/));
    await user.click(screen.getByRole('option', { name: 'Default (safe)' }));
    expect(value()).toEqual({});
  });

  it('adds to a list and removes from it', async () => {
    const { user, value } = show({ models: { type: 'array', items: { type: 'string' } } });
    await user.click(press('Add to Models'));
    await user.type(screen.getByRole('textbox', { name: 'Models 1' }), 'a');
    await user.click(press('Add to Models'));
    await user.type(screen.getByRole('textbox', { name: 'Models 2' }), 'b');
    expect(value()).toEqual({ models: ['a', 'b'] });
    await user.click(press('Remove Models 1'));
    expect(value()).toEqual({ models: ['b'] });
  });

  it('names the entries of a record, and says when two have one name', async () => {
    const { user, value } = show(
      { ports: { type: 'object', additionalProperties: { type: 'integer' } } },
      { ports: { web: 80 } },
    );
    await user.click(press('Add to Ports'));
    await user.type(screen.getByRole('textbox', { name: 'Ports 2: Name' }), 'web');
    expect(screen.getAllByText('This name is there twice')).toHaveLength(2);
    await user.type(screen.getByRole('textbox', { name: 'Ports 2: Name' }), 's');
    await user.type(screen.getByRole('textbox', { name: 'Ports 2: Value' }), '443');
    expect(value()).toEqual({ ports: { web: 80, webs: 443 } });
  });

  it('edits an object inside an object as a named group', async () => {
    const limits: JsonSchema = { type: 'object', properties: { maxBytes: { type: 'integer' } } };
    const { user, value } = show({ limits });
    const group = screen.getByRole('group', { name: 'Limits' });
    await user.type(within(group).getByRole('textbox', { name: 'Max bytes' }), '3');
    expect(value()).toEqual({ limits: { maxBytes: 3 } });
  });

  it('chooses a variant and shows its fields', async () => {
    const variant = (kind: string, field: string): JsonSchema => ({
      type: 'object',
      properties: { kind: { type: 'string', const: kind }, [field]: { type: 'string' } },
    });
    const { user, value } = show({ store: { oneOf: [variant('file', 'path'), variant('web', 'host')] } });
    await user.click(press(/Kind/));
    await user.click(screen.getByRole('option', { name: 'web' }));
    await user.type(screen.getByRole('textbox', { name: 'Host' }), 'x');
    expect(value()).toEqual({ store: { kind: 'web', host: 'x' } });
  });

  it('never shows a secret, and keeps it unless it is replaced', async () => {
    const { user, value } = show(
      { apiKey: { type: 'string', format: 'secret', writeOnly: true } },
      { apiKey: { $secret: true } },
    );
    expect(screen.getByText('Is set')).toBeTruthy();
    await user.click(press('Replace API key'));
    expect(value()).toEqual({ apiKey: { $secret: true } });
    await user.type(screen.getByLabelText('New API key'), 'k2');
    expect(value()).toEqual({ apiKey: 'k2' });
    await user.click(press('Keep the present API key'));
    expect(value()).toEqual({ apiKey: { $secret: true } });
    await user.click(press('Remove API key'));
    expect(value()).toEqual({});
    expect(screen.getByText('Will be removed')).toBeTruthy();
  });

  it('has the box of a secret that nothing needs at once, where people come to type it in', async () => {
    const { user, value } = show(
      { apiKey: { type: 'string', format: 'secret', writeOnly: true } },
      {},
      { look: { areSecretsOpen: true } },
    );
    await user.type(screen.getByLabelText('API key'), 'k1');
    expect(value()).toEqual({ apiKey: 'k1' });
    await user.clear(screen.getByLabelText('API key'));
    expect(value()).toEqual({});
    expect(screen.queryByRole('button', { name: /^(Set|Remove) API key/ })).toBeNull();
  });

  it('edits what it does not know as JSON, and says when it is none', async () => {
    const { user, value, isGood } = show({ odd: { allOf: [{ type: 'object' }] } });
    const field = screen.getByRole('textbox', { name: 'Odd' });
    await user.type(field, '[[1');
    expect(screen.getByText('This is no valid JSON')).toBeTruthy();
    await user.click(press('Check'));
    expect(isGood()).toBe(false);
    await user.type(field, ']');
    expect(value()).toEqual({ odd: [1] });
  });

  it('says so when there is nothing to set', () => {
    show({});
    expect(screen.getByText('There is nothing to set.')).toBeTruthy();
  });

  it('sets a number between two limits by its slider, which stands at the default until then', async () => {
    const { value } = show({ heat: { type: 'number', minimum: 0, maximum: 2, default: 1 } }, {}, { look: parameters });
    const slider = screen.getByRole<HTMLInputElement>('slider', { name: 'Heat' });
    expect([slider.value, value()]).toEqual(['1', {}]);
    fireEvent.change(slider, { target: { value: '0.30000000000000004' } });
    expect(value()).toEqual({ heat: 0.3 });
  });

  it('steps through large numbers by round ones, and never beyond a limit', () => {
    const { value } = show({ most: { type: 'integer', minimum: 1, maximum: 128_000 } }, {}, { look: parameters });
    const slider = screen.getByRole('slider', { name: 'Most' });
    fireEvent.change(slider, { target: { value: '3000' } });
    const round = value();
    fireEvent.change(slider, { target: { value: '0' } });
    expect([round, value()]).toEqual([{ most: 3_000 }, { most: 1 }]);
  });

  it('takes back what was set, and keeps the focus with its field', async () => {
    const { user, value } = show(
      { size: { type: 'integer' }, name: { type: 'string' } },
      { size: 3 },
      { look: parameters },
    );
    expect(screen.queryByRole('button', { name: 'Reset Name' })).toBeNull();
    await user.click(press('Reset Size'));
    expect(value()).toEqual({});
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Size' }));
  });

  it('puts fields of one group under one heading', () => {
    const member = { type: 'string', 'x-group': 'Sampling' };
    show({ first: member, alone: { type: 'string' }, second: member });
    const group = within(screen.getByRole('group', { name: 'Sampling' }));
    expect(group.getAllByRole('textbox')).toHaveLength(2);
  });
});
