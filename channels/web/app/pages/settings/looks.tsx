import { useState, type ReactNode } from 'react';
import { prefer, usePreference } from '../../frame/preferences.ts';
import { applyTheme, storedTheme, type Theme } from '../../frame/theme.ts';
import { Choice } from '../../parts/choice.tsx';
import { Section } from '../../parts/section.tsx';
import { Notifications } from './notifications.tsx';

export function Looks(): ReactNode {
  const [theme, setTheme] = useState<Theme>(storedTheme);
  const grouping = usePreference('grouping');
  const dock = usePreference('dock');
  return (
    <Section title="How the page looks" note="kept in this browser">
      <div className="looks">
        <span>Colours</span>
        <Choice
          name="Colours"
          value={theme}
          values={[['system', 'As the system'], ['light', 'Light'], ['dark', 'Dark']]}
          choose={(next) => {
            setTheme(next);
            applyTheme(next);
          }}
        />
        <span>Numbers</span>
        <Choice name="Numbers" value={grouping} values={[['indian', '12,34,567'], ['western', '1,234,567']]} choose={(next) => prefer('grouping', next)} />
        <span>Notifications</span>
        <Notifications />
        <span className="looks-dock">Conversation beside pages</span>
        <span className="looks-dock">
          <Choice name="Conversation beside pages" value={dock} values={[['open', 'Shown'], ['closed', 'Hidden']]} choose={(next) => prefer('dock', next)} />
        </span>
      </div>
    </Section>
  );
}
