import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeProblems, overflowPixels } from './browser.ts';
import { eventually } from './eventually.ts';
import { HEARD, startSpeechServer } from './fixtures/speech-server.ts';
import { answerEnded, beginChat, chatPage, lastAnswer } from './pages/chat.ts';
import { startScene } from './scene.ts';
import type { MemberWindow, Scene } from './scene.ts';

const MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
/** The beginning of a WebM file, which is Matroska. */
const WEBM = Buffer.from([0x1a, 0x45, 0xdf, 0xa3]);

const speechOf = (page: Page) => ({
  dictate: page.getByRole('button', { name: 'Dictate', exact: true }),
  finish: page.getByRole('button', { name: 'Finish dictating' }),
  discard: page.getByRole('button', { name: 'Discard the recording' }),
  timer: page.getByRole('timer'),
  readAloud: lastAnswer(page).getByRole('button', { name: 'Read aloud' }),
  stopReading: lastAnswer(page).getByRole('button', { name: 'Stop reading' }),
  playing: page.locator('[data-reading="playing"]'),
});

describe('speech', () => {
  let voices: Awaited<ReturnType<typeof startSpeechServer>>;
  let scene: Scene;
  let member: MemberWindow;

  beforeAll(async () => {
    voices = await startSpeechServer();
    scene = await startScene({ plugins: [voices.plugin], browserArguments: MICROPHONE });
    member = await scene.member();
  });
  afterAll(async () => {
    await scene.stop();
    voices.stop();
  });

  it('puts what was said where the cursor is, and sends nothing', async () => {
    const { page } = member;
    const { dictate, finish, timer } = speechOf(page);
    await page.goto(scene.server.url);
    await chatPage(page).box.fill('Well,');
    await dictate.click();
    await timer.filter({ hasText: '0:01' }).waitFor();
    await finish.click();
    await eventually(async () => expect(await chatPage(page).box.inputValue()).toBe(`Well, ${HEARD}`));
    expect(voices.recordings).toHaveLength(1);
    expect(voices.recordings[0]?.includes(WEBM)).toBe(true);
    expect(new URL(page.url()).pathname).toBe('/');
  });

  it('is accessible while it records, on a phone too, and forgets what is discarded', async () => {
    const { page } = member;
    const { dictate, discard, timer } = speechOf(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await dictate.click();
    await timer.waitFor();
    expect(await axeProblems(page)).toEqual([]);
    expect(await overflowPixels(page)).toBeLessThanOrEqual(0);
    await discard.click();
    await dictate.waitFor();
    expect(voices.recordings).toHaveLength(1);
    await page.setViewportSize({ width: 1280, height: 860 });
  });

  it('keeps a recording that could not be written down, to try again', async () => {
    const { page } = member;
    const { dictate, finish, timer } = speechOf(page);
    await chatPage(page).box.fill('');
    voices.failNext();
    await dictate.click();
    await timer.waitFor();
    await finish.click();
    await page.getByText('The recording was not written down').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await eventually(async () => expect(await chatPage(page).box.inputValue()).toBe(HEARD));
  });

  it('says so when the microphone is blocked', async () => {
    const { page } = member;
    // The browser's fake prompt says yes to everything, so that the page is told no in its place.
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    });
    await speechOf(page).dictate.click();
    await page.getByText('The microphone is blocked').waitFor();
    await speechOf(page).dictate.waitFor();
  });

  it('reads an answer aloud while it comes, and stops when told', async () => {
    const { page } = member;
    const { readAloud, stopReading, playing } = speechOf(page);
    await beginChat(page, 'Planets in a table', scene.server.url);
    await answerEnded(page);
    await readAloud.click();
    await playing.waitFor();
    expect(voices.texts.at(-1)).not.toContain('|');
    expect(await axeProblems(page)).toEqual([]);
    await stopReading.click();
    await readAloud.waitFor();
    await eventually(() => Promise.resolve(expect(voices.openReadings()).toBe(0)));
  });

  it('comes back to rest when it has read to the end', async () => {
    const { page } = member;
    const { readAloud, playing } = speechOf(page);
    voices.setSeconds(2);
    await readAloud.click();
    await playing.waitFor();
    await readAloud.waitFor();
  });

  it('raises no error and asks nobody else', () => {
    expect([member.problems, member.foreignRequests]).toEqual([[], []]);
  });
});

describe('speech without a provider', () => {
  it('shows neither microphone nor speaker', async () => {
    const scene = await startScene({ browserArguments: MICROPHONE });
    try {
      const { page } = await scene.member();
      const asked = page.waitForResponse(/\/api\/speech$/);
      await beginChat(page, 'Hello', scene.server.url);
      await answerEnded(page);
      await asked;
      await lastAnswer(page).getByRole('button', { name: 'Copy the answer' }).waitFor();
      expect(await speechOf(page).dictate.count()).toBe(0);
      expect(await speechOf(page).readAloud.count()).toBe(0);
    } finally {
      await scene.stop();
    }
  });
});
