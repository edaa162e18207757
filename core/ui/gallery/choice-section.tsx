import { Badge } from '@parley/ui/badge';
import { Button } from '@parley/ui/button';
import { MonitorIcon, MoonIcon, PlusIcon, SunIcon } from '@parley/ui/icon';
import { Picker } from '@parley/ui/picker';
import { Radio, RadioGroup, SegmentedControl } from '@parley/ui/radio';
import { Select } from '@parley/ui/select';
import { Switch } from '@parley/ui/switch';
import { Tab, TabList, TabPanel, Tabs } from '@parley/ui/tabs';
import { useState } from 'react';
import styles from './gallery.module.css';

const themes = [
  { id: 'system', label: 'System', icon: <MonitorIcon /> },
  { id: 'light', label: 'Light', icon: <SunIcon /> },
  { id: 'dark', label: 'Dark', icon: <MoonIcon /> },
] as const;
const models = [
  {
    id: 'demo',
    title: 'Demo',
    options: [
      {
        id: 'demo/guide',
        label: 'Guide',
        description: 'Shows what Parley can do, no key needed',
        end: <Badge>Demo</Badge>,
      },
      { id: 'demo/echo', label: 'Echo', end: <Badge>Demo</Badge> },
    ],
  },
  {
    id: 'local',
    title: 'Local server',
    options: [
      { id: 'local/large', label: 'Large', description: '128k tokens', keywords: 'reasoning' },
      { id: 'local/tiny', label: 'Tiny', description: 'Disabled by your administrator', isDisabled: true },
    ],
  },
];
const languages = [
  { id: 'en', label: 'English' },
  { id: 'de', label: 'Deutsch' },
  { id: 'ar', label: 'العربية' },
];

/** Ways to choose. */
export function ChoiceSection() {
  const [theme, setTheme] = useState<(typeof themes)[number]['id']>('system');
  const [model, setModel] = useState('demo/guide');
  const [language, setLanguage] = useState<string>();
  return (
    <>
      <div className={styles.columns}>
        <SegmentedControl label="Theme" segments={themes} value={theme} onChange={setTheme} />
        <Select
          label="Language"
          options={languages}
          value={language}
          onChange={setLanguage}
          placeholder="Choose a language"
        />
        <div className={styles.row}>
          <Picker
            label="Model"
            groups={models}
            value={model}
            onChange={setModel}
            placeholder="Choose a model"
            searchPlaceholder="Search models"
            footer={
              <Button size="small" variant="quiet" icon={<PlusIcon />}>
                Connect a provider
              </Button>
            }
          />
        </div>
        <RadioGroup label="When an answer ends" defaultValue="start" description="Said to screen readers.">
          <Radio value="full">Read it whole</Radio>
          <Radio value="start" description="The first 200 characters">
            Read its start
          </Radio>
          <Radio value="none" isDisabled>
            Say nothing
          </Radio>
        </RadioGroup>
        <div className={styles.card}>
          <Switch defaultSelected description="Opens the reasoning of an answer by itself.">
            Show reasoning
          </Switch>
          <Switch>Compact rows</Switch>
          <Switch isDisabled>Set by your administrator</Switch>
        </div>
      </div>
      <Tabs>
        <TabList label="Server">
          <Tab id="tools">Tools</Tab>
          <Tab id="log">Log</Tab>
          <Tab id="rights" isDisabled>
            Permissions
          </Tab>
        </TabList>
        <TabPanel id="tools">Three tools.</TabPanel>
        <TabPanel id="log">Nothing yet.</TabPanel>
      </Tabs>
    </>
  );
}
