import { MonitorIcon, MoonIcon, SunIcon } from '@parley/ui/icon';
import { SegmentedControl } from '@parley/ui/radio';
import { useAppearance } from '../appearance/use-appearance.ts';
import { messages } from '../messages.ts';

/** Light, dark, or what the system says. */
export function ThemeChoice() {
  const [{ theme }, change] = useAppearance();
  return (
    <SegmentedControl
      label={messages.theme}
      segments={[
        { id: 'system', label: messages.themeSystem, icon: <MonitorIcon /> },
        { id: 'light', label: messages.themeLight, icon: <SunIcon /> },
        { id: 'dark', label: messages.themeDark, icon: <MoonIcon /> },
      ]}
      value={theme}
      onChange={(id) => change({ theme: id })}
    />
  );
}
