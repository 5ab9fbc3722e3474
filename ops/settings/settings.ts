import { deskSettings } from './desk.ts';
import { gateSettings } from './gates.ts';
import { modelSettings } from './models.ts';
import { outsideSettings } from './outside.ts';

/** Every setting that there is, in the order of `.env.example`. */
export const SETTING_GROUPS = [
  { title: 'Home, data, channels, brokers, alerts, operations', settings: outsideSettings },
  { title: 'Limits of the gates; changing one is a decision about risk', settings: gateSettings },
  { title: 'The desk', settings: deskSettings },
  { title: 'Models; the desk works without any', settings: modelSettings },
] as const;

export const SETTINGS = { ...outsideSettings, ...gateSettings, ...deskSettings, ...modelSettings };
