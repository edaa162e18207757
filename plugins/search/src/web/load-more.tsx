import { Button } from '@parley/ui/button';
import { useEffect, useRef } from 'react';
import styles from './search-page.module.css';
import { messages } from './messages.ts';

interface LoadMoreProps {
  readonly isLoading: boolean;
  readonly onLoad: () => void;
}

/** Loads the next page when it comes into view; a button for who never scrolls. */
export function LoadMore({ isLoading, onLoad }: LoadMoreProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current || isLoading) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) onLoad();
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [isLoading, onLoad]);
  return (
    <div ref={place} className={styles.more}>
      <Button variant="quiet" size="small" isPending={isLoading} onPress={onLoad}>
        {messages.more}
      </Button>
    </div>
  );
}
