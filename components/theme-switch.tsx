'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useSyncExternalStore } from 'react';

const themes = [
  { value: 'light', name: 'Light', Icon: Sun },
  { value: 'system', name: 'As the system', Icon: Monitor },
  { value: 'dark', name: 'Dark', Icon: Moon },
];

export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  // The choice lives in the browser: the server, and the first render with it, cannot know it.
  const isInBrowser = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
  return (
    <fieldset className="inline-flex gap-1 rounded border border-rule p-1">
      <legend className="sr-only">Theme</legend>
      {themes.map(({ value, name, Icon }) => (
        <label
          key={value}
          title={name}
          className="cursor-pointer rounded p-1.5 text-muted hover:text-ink has-checked:bg-hover has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-people"
        >
          <input
            type="radio"
            name="theme"
            className="sr-only"
            checked={isInBrowser && theme === value}
            onChange={() => setTheme(value)}
          />
          <Icon className="size-4" strokeWidth={1.75} aria-hidden="true" />
          <span className="sr-only">{name}</span>
        </label>
      ))}
    </fieldset>
  );
}
