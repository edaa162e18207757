import { Button } from '@parley/ui/button';
import { GlobeIcon } from '@parley/ui/icon';
import { messages } from '../messages.ts';
import styles from './web-search-toggle.module.css';

interface WebSearchToggleProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** Lets the model search the web, at its provider. */
export function WebSearchToggle({ isOn, onChange }: WebSearchToggleProps) {
  return (
    <Button
      size="small"
      variant="quiet"
      icon={<GlobeIcon />}
      className={isOn ? (styles.on ?? '') : (styles.off ?? '')}
      aria-pressed={isOn}
      onPress={() => onChange(!isOn)}
    >
      {messages.webSearch}
    </Button>
  );
}
