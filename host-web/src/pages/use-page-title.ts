import { useHost } from '@parley/web';
import { useEffect } from 'react';

/** Names the tab after the page. */
export function usePageTitle(title: string): void {
  const { config } = useHost();
  useEffect(() => {
    document.title = title.includes(config.name) ? title : `${title} · ${config.name}`;
  }, [title, config.name]);
}
