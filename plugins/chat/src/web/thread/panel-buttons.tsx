import { threadPanel } from '@parley/plugin-chat/contract';
import { IconButton } from '@parley/ui/button';
import { PanelRightIcon, PathIcon } from '@parley/ui/icon';
import { Tooltip } from '@parley/ui/tooltip';
import { useContributions } from '@parley/web';
import { usePanel } from './use-panel.ts';

/** One button for each panel a plugin offers, drawn from the manifest: no code of the plugin runs before it is pressed. */
export function PanelButtons() {
  const contributions = useContributions(threadPanel);
  const { openId, toggle } = usePanel();
  return contributions.map(({ pluginId, id, title, icon }) => (
    <Tooltip key={`${pluginId}/${id}`} text={title ?? id}>
      <IconButton label={title ?? id} aria-expanded={openId === id} onPress={() => toggle(id)}>
        {icon === undefined ? <PanelRightIcon /> : <PathIcon d={icon} />}
      </IconButton>
    </Tooltip>
  ));
}
