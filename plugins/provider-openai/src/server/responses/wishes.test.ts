import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, jest } from '@jest/globals';
import type { ModelMessage } from '@parley/contracts';
import { createProvider, gather, only, signal, text, toRequest, wordsOf } from '../fixtures/ask.ts';
import { responsesVoice } from '../fixtures/responses-voice.ts';
import { familyOf } from './kept.ts';
import { createWishes } from './wishes.ts';
import type { Wishes } from './request-body.ts';

const refusal = (more: object) => Object.assign(new Error('refused'), { status: 400, ...more });

describe('wishes', () => {
  const refuseUnless =
    (isFine: (wishes: Wishes) => boolean, error: object) =>
    async (wishes: Wishes): Promise<Wishes> => {
      if (!isFine(wishes)) throw refusal(error);
      return wishes;
    };

  it.each([
    ['summary', { param: 'reasoning.summary', code: 'unsupported_value' }],
    ['encrypted', { param: 'include' }],
    ['history', { code: 'invalid_encrypted_content' }],
  ] as const)('do without %s where the server refuses it, and say so', async (wish, error) => {
    const lost = jest.fn();
    const granted = await createWishes().open(
      'm',
      refuseUnless((wishes) => !wishes[wish], error),
      lost,
    );
    expect(granted).toEqual({ summary: true, encrypted: true, history: true, [wish]: false });
    expect(lost).toHaveBeenCalledWith(wish);
  });

  it('are learned for each model, but for what depends on the conversation', async () => {
    const wishes = createWishes();
    const lost = () => undefined;
    await wishes.open(
      'm',
      refuseUnless(({ summary }) => !summary, { param: 'reasoning.summary' }),
      lost,
    );
    await wishes.open(
      'm',
      refuseUnless(({ history }) => !history, { code: 'invalid_encrypted_content' }),
      lost,
    );
    const grant = async (granted: Wishes) => granted;
    expect(await wishes.open('m', grant, lost)).toEqual({ summary: false, encrypted: true, history: true });
    expect(await wishes.open('other', grant, lost)).toEqual({ summary: true, encrypted: true, history: true });
  });

  it('pass on what is refused for another reason, and what is refused again', async () => {
    const always = (error: object) =>
      createWishes().open(
        'm',
        refuseUnless(() => false, error),
        () => undefined,
      );
    await expect(always({ param: 'temperature' })).rejects.toMatchObject({ param: 'temperature' });
    await expect(always({ param: 'include' })).rejects.toMatchObject({ param: 'include' });
    await expect(always({ status: 500, param: 'include' })).rejects.toMatchObject({ status: 500 });
  });
});

describe('a server that refuses all of them', () => {
  it('answers all the same, and is asked at once the next time', async () => {
    const asked: string[] = [];
    const refusing = createServer((req, res) => {
      let body = '';
      req.on('data', (piece) => (body += String(piece)));
      req.on('end', () => {
        asked.push(body);
        const error = body.includes('"summary":"auto"')
          ? { param: 'reasoning.summary', code: 'unsupported_value' }
          : body.includes('"include"')
            ? { param: 'include', code: null }
            : body.includes('kit-thought') && { param: null, code: 'invalid_encrypted_content' };
        if (error) res.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
        else res.end(responsesVoice.start + responsesVoice.piece('Yes.') + responsesVoice.end);
      });
    });
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}/v1`;
    const items = [{ type: 'reasoning', id: 'r', summary: [], encrypted_content: 'kit-thought' }];
    const opaque = { family: familyOf({ baseUrl }), data: { items } };
    const answer: ModelMessage = {
      role: 'assistant',
      parts: [{ type: 'reasoning', text: '', opaque }, text('Before.')],
    };
    const request = toRequest('Now?');
    const provider = createProvider(baseUrl, { api: 'responses' });
    const events = await gather(provider.stream({ ...request, messages: [answer, ...request.messages] }, signal()));
    expect([wordsOf(events), only(events, 'notice')]).toMatchObject(['Yes.', [{ level: 'info' }]]);
    expect(asked).toHaveLength(4);
    await gather(provider.stream(request, signal()));
    expect(asked).toHaveLength(5);
    refusing.closeAllConnections();
    refusing.close();
  });
});
