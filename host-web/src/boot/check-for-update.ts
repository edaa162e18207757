const SCRIPT = /\/assets\/main\.[\w-]+\.js/;

/** Whether the server has another build of the shell than this page. */
export async function isShellOutdated(fetchPage: typeof fetch = fetch): Promise<boolean> {
  const own = [...document.scripts].map((script) => SCRIPT.exec(script.src)?.[0]).find(Boolean);
  if (!own) return false;
  const response = await fetchPage('/', { headers: { accept: 'text/html' } });
  const served = response.ok ? SCRIPT.exec(await response.text())?.[0] : undefined;
  return served !== undefined && served !== own;
}
