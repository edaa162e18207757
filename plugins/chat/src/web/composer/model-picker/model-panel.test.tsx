import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ModelAbilities } from '@parley/contracts';
import type { AvailableModel } from '@parley/contracts';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { exchange, type FakeServer, model } from '../../fixtures/fake-server.ts';
import { showThread } from '../../fixtures/show-thread.tsx';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const real = { demo: false, provider: 'market', providerTitle: 'Market' };
const scholar = model('', 'Scholar', {
  ...real,
  id: 'market/scholar-2',
  contextWindowTokens: 200_000,
  inputUsdPerMillion: 2.5,
  outputUsdPerMillion: 10,
  abilities: ModelAbilities.parse({ vision: true, tools: true, webSearch: true }),
});
const retired = model('', 'Retired', { ...real, id: 'market/retired', unavailable: 'Not for your role' });
const FEW: readonly AvailableModel[] = [model('guide', 'Guide'), model('echo', 'Echo'), scholar, retired];

const button = (name: RegExp) => screen.findByRole('button', { name });
const search = () => screen.findByRole<HTMLInputElement>('combobox', { name: 'Search models' });
const names = () => screen.getAllByRole('option').map((option) => option.querySelector('bdi')?.textContent);
const active = () => {
  const id = screen.getByRole('combobox').getAttribute('aria-activedescendant');
  return document.getElementById(id ?? '')?.querySelector('bdi')?.textContent;
};
async function open(prepare: (server: FakeServer) => void = () => undefined) {
  const shown = showThread((server) => {
    server.messages = exchange();
    server.models = FEW;
    prepare(server);
  });
  await button(/^Model: Guide/);
  await userEvent.keyboard('{Control>}{Shift>}m{/Shift}{/Control}');
  await userEvent.click(await search());
  return shown;
}

describe('the model picker', () => {
  it('opens with its keys at the model in use, and closes with Escape', async () => {
    await open();
    expect(active()).toBe('Guide');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull());
  });

  it('goes through the models with the arrows, Home and End', async () => {
    await open();
    const seen = [];
    for (const key of ['{ArrowDown}', '{End}', '{ArrowDown}', '{ArrowUp}', '{Home}']) {
      await userEvent.keyboard(key);
      seen.push(active());
    }
    expect(seen).toEqual(['Echo', 'Retired', 'Guide', 'Retired', 'Guide']);
  });

  it('finds by typing, and picks with Enter', async () => {
    await open();
    await userEvent.type(await search(), 'market schol');
    expect(names()).toEqual(['Scholar']);
    await userEvent.keyboard('{Enter}');
    expect(await button(/^Model: Scholar/)).toBeTruthy();
  });

  it('says when nothing fits', async () => {
    await open();
    await userEvent.type(await search(), 'xyzzy');
    expect(screen.getByText('No model fits “xyzzy”.')).toBeTruthy();
  });

  it('tells in words what a model can, reads and costs', async () => {
    await open();
    const row = screen.getByRole('option', { name: /Scholar/ });
    expect(row.textContent).toMatch(/Images · Tools · Web search/);
    expect(row.textContent).toMatch(/200k? tokens of context/i);
    expect(row.textContent).toMatch(/\$2\.50? \/ \$10 for a million tokens/);
  });

  it('shows why a model can not be picked, and does not pick it', async () => {
    await open();
    const row = screen.getByRole('option', { name: /Retired.*Not for your role/ });
    expect(row.getAttribute('aria-disabled')).toBe('true');
    await userEvent.click(row);
    expect(screen.getByRole('combobox')).toBeTruthy();
  });

  it('keeps favourites, set by keys, for the next time', async () => {
    await open();
    await userEvent.type(await search(), 'schol');
    await userEvent.keyboard('{Control>}d{/Control}{Escape}');
    await userEvent.click(await button(/^Model: Guide/));
    await search();
    const favourites = within(screen.getByRole('group', { name: 'Favourites' }));
    expect(favourites.getByRole('option', { name: /Scholar Favourite/ })).toBeTruthy();
  });

  it('names providers that are not ready, each with what helps', async () => {
    const { server } = await open((fake) => {
      fake.providers = [
        { key: 'vault', title: 'Vault', demo: false, state: 'needs-key', keyFrom: 'both' },
        { key: 'closed', title: 'Closed', demo: false, state: 'needs-key', keyFrom: 'operator' },
        { key: 'far', title: 'Far', demo: false, state: 'unavailable', reason: 'Nobody answers' },
      ];
    });
    expect(screen.getByRole('link', { name: 'Add your key' }).getAttribute('href')).toBe('/settings/keys');
    expect(screen.getByText('Ask your administrator')).toBeTruthy();
    expect(screen.getByText(/Nobody answers/)).toBeTruthy();
    const asked = server.seen.filter(({ path }) => path === '/api/models').length;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(server.seen.filter(({ path }) => path === '/api/models')).toHaveLength(asked + 1));
  });

  it('draws the start of a long list, and the rest when the keys go there', async () => {
    await open((server) => {
      server.models = [...FEW, ...Array.from({ length: 500 }, (_, index) => model(`m${index}`, `Many ${index}`))];
    });
    const first = screen.getAllByRole('option').length;
    await userEvent.keyboard('{End}');
    expect([first, active(), screen.getAllByRole('option').length]).toEqual([60, 'Retired', FEW.length + 500]);
  });
});

describe('the model of a conversation', () => {
  it('is the one that was used last in it', async () => {
    showThread((server) => {
      server.messages = exchange();
      server.models = FEW;
      server.conversation = { ...server.conversation, model: scholar.id };
    });
    expect(await button(/^Model: Scholar/)).toBeTruthy();
  });

  it('that is gone is said to be, with another one in its place', async () => {
    const { server } = showThread((fake) => {
      fake.messages = exchange();
      fake.models = FEW;
      fake.conversation = { ...fake.conversation, model: 'market/burnt' };
    });
    expect(await screen.findByText(/burnt was used here and is not available now/)).toBeTruthy();
    await userEvent.type(screen.getByRole('textbox', { name: 'Message' }), 'Hello{Enter}');
    await waitFor(() => expect(server.seen.at(-1)?.body['model'] ?? 'demo/guide').toBe('demo/guide'));
    await waitFor(() => expect(screen.queryByText(/is not available now/)).toBeNull());
  });

  it('that may not be used says why, and lets another be chosen', async () => {
    showThread((server) => {
      server.messages = exchange();
      server.models = FEW;
      server.conversation = { ...server.conversation, model: retired.id };
    });
    expect(await screen.findByText(/Retired was used here.*Not for your role/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Choose another model' }));
    expect(await search()).toBeTruthy();
  });
});

describe('what a model is asked with', () => {
  const prepare = (server: FakeServer) => {
    server.messages = exchange();
    server.models = FEW;
    server.conversation = { ...server.conversation, model: scholar.id };
    const heat = { type: 'number', title: 'Heat', minimum: 0, maximum: 2, default: 1 };
    server.parameters = {
      type: 'object',
      properties: { heat, depth: { type: 'integer', title: 'Depth', maximum: 9 } },
    };
  };
  const posted = (server: FakeServer) =>
    server.seen.filter(({ path }) => path === '/api/agents/chat').map(({ body }) => body);

  it('goes with the message, shows on the button, and outlives a reload', async () => {
    const { server, view } = showThread(prepare);
    await userEvent.click(await button(/^Parameters/));
    const field = await screen.findByRole('textbox', { name: 'Heat' });
    await userEvent.type(field, '0.2');
    await userEvent.keyboard('{Escape}');
    await userEvent.click(await button(/^Web search/));
    await userEvent.type(screen.getByRole('textbox', { name: 'Message' }), 'Hello{Enter}');
    await waitFor(() =>
      expect(posted(server)[0]).toMatchObject({ parameters: { heat: 0.2 }, builtInTools: ['web-search'] }),
    );
    view.unmount();
    showThread(prepare);
    expect(await button(/^Parameters 1 set heat 0.2/)).toBeTruthy();
    expect((await button(/^Web search/)).getAttribute('aria-pressed')).toBe('true');
  });

  it('leaves out what does not fit, and names it', async () => {
    const { server } = showThread(prepare);
    await userEvent.click(await button(/^Parameters/));
    await userEvent.type(await screen.findByRole('textbox', { name: 'Depth' }), '10');
    await userEvent.tab();
    expect(await screen.findByText('Enter 9 or less')).toBeTruthy();
    expect(screen.getByText('What is marked does not fit and is not sent.')).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    await userEvent.type(screen.getByRole('textbox', { name: 'Message' }), 'Hello{Enter}');
    await waitFor(() => expect(posted(server)[0]).toMatchObject({ parameters: {}, builtInTools: [] }));
  });

  it('is the same when an answer is written again', async () => {
    const { server } = showThread(prepare);
    await userEvent.click(await button(/^Web search/));
    await userEvent.click(await button(/^Write the answer again$/));
    await waitFor(() => expect(posted(server)[0]).toMatchObject({ builtInTools: ['web-search'], model: scholar.id }));
  });
});
