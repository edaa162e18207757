import { SegmentedControl } from '@parley/ui/radio';
import { useAppearance } from '../appearance/use-appearance.ts';
import { messages } from '../messages.ts';
import styles from './appearance-settings.module.css';
import { ThemeChoice } from './theme-choice.tsx';

const PROSE_SIZES = ['14', '16', '18', '20'] as const;

/** How the page looks; each change shows at once. */
export function AppearanceSettings() {
  const [appearance, change] = useAppearance();
  const { density, proseSizePx, motion, direction } = appearance;
  return (
    <div className={styles['settings']}>
      <ThemeChoice />
      <SegmentedControl
        label={messages.density}
        segments={[
          { id: 'comfortable', label: messages.densityComfortable },
          { id: 'compact', label: messages.densityCompact },
        ]}
        value={density}
        onChange={(id) => change({ density: id })}
      />
      <SegmentedControl
        label={messages.proseSize}
        segments={PROSE_SIZES.map((id) => ({ id, label: id }))}
        value={String(proseSizePx)}
        onChange={(id) => change({ proseSizePx: Number(id) })}
      />
      <p className={styles['preview']}>{messages.preview}</p>
      <SegmentedControl
        label={messages.motion}
        segments={[
          { id: 'system', label: messages.motionSystem },
          { id: 'reduced', label: messages.motionReduced },
        ]}
        value={motion}
        onChange={(id) => change({ motion: id })}
      />
      <SegmentedControl
        label={messages.direction}
        segments={[
          { id: 'ltr', label: messages.directionLtr },
          { id: 'rtl', label: messages.directionRtl },
        ]}
        value={direction}
        onChange={(id) => change({ direction: id })}
      />
      <p className={styles['note']}>{messages.savedHere}</p>
    </div>
  );
}
