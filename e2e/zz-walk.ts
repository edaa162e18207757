import { startScene } from './scene.ts';
import { axeProblems, overflowPixels } from './browser.ts';
import { visitAdministration } from './pages/admin-states.ts';
const scene = await startScene();
const LOOKS = [
  ['light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['rtl', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
  ['phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'light' }],
  ['narrow', { viewport: { width: 320, height: 700 }, hasTouch: true, isMobile: true, colorScheme: 'light' }],
] as const;
try {
  for (const [name, look] of LOOKS) {
    if (process.argv[2] && !process.argv[2].split(',').includes(name)) continue;
    const window = await scene.member(look as never);
    const { page, context } = window;
    if (name === 'rtl') {
      const me = (await (await context.request.get(`${scene.server.url}/api/auth/me`)).json()) as {
        user: { id: string };
      };
      await page.addInitScript((id) => {
        localStorage.setItem('ui:appearance', JSON.stringify({ dir: 'rtl' }));
        localStorage.setItem(`ui:${id}:shell.appearance`, JSON.stringify({ direction: 'rtl' }));
      }, me.user.id);
    }
    page.setDefaultTimeout(90_000);
    await visitAdministration(page, scene.server.url, async (state) => {
      const over = await overflowPixels(page);
      if (over > 0) console.log(name, state, 'overflow', over);
      for (const problem of await axeProblems(page)) console.log(name, state, problem);
      await page.screenshot({ path: `/tmp/look/real-${name}-${state.replace(/[^a-z]+/gi, '-')}.png` });
    });
    for (const problem of window.problems) console.log(name, 'console', problem);
    await context.close();
    console.log(name, 'done', new Date().toISOString());
  }
} finally {
  await scene.stop();
}
