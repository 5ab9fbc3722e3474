import { flag, number, whole } from './reader.ts';
import { setting } from './setting.ts';

export const deskSettings = {
  NSDL_UPDATE_HOUR: setting({ is: whole(0, 23), otherwise: 9, unit: 'hour of the exchange', meaning: 'When institutional flows are fetched' }),
  POLICY_SCRAPE_INTERVAL_HOURS: setting({ is: whole(1, 168), otherwise: 6, unit: 'hours', meaning: 'Time between looks at the policy sources' }),
  PORTFOLIO_REBALANCE_HOUR: setting({ is: whole(0, 23), otherwise: 16, unit: 'hour of the exchange', meaning: 'When rotation and hedges are looked at' }),
  VAR_CONFIDENCE_LEVEL: setting({ is: number(0.5, 0.999), otherwise: 0.95, unit: 'ratio', meaning: 'Confidence of value at risk and expected shortfall' }),
  BETA_ALERT_THRESHOLD: setting({ is: number(0.01, 3), otherwise: 0.2, unit: 'beta', meaning: 'Drift from the target beta that raises an alert' }),
  TREASURY_MIN_BUFFER_PERCENT: setting({ is: number(0, 100), otherwise: 10, unit: 'percent of equity', meaning: 'Cash that a transfer leaves in its account' }),
  TREASURY_MAX_LOAN_PERCENT: setting({ is: number(0, 100), otherwise: 20, unit: 'percent of equity', meaning: 'Most that an account lends to the others' }),
  TREASURY_AUTO_CLAWBACK: setting({ is: flag, otherwise: true, meaning: 'Whether lent cash is asked back by a proposal of its own; a person still confirms it' }),
  OUTCOME_ANALYSIS_INTERVAL_HOURS: setting({ is: whole(1, 168), otherwise: 24, unit: 'hours', meaning: 'Time between analyses of closed trades' }),
  META_LABEL_ADAPTIVE: setting({ is: flag, otherwise: true, meaning: 'Whether a new meta-label threshold is proposed from outcomes; a person still confirms it' }),
  QUALITY_DRIFT_THRESHOLD: setting({ is: number(0.001, 1), otherwise: 0.1, unit: 'ratio', meaning: 'Fall in signal quality that raises an alert' }),
  SIM_SESSION_MINUTES: setting({ is: number(0.1, 1440), otherwise: 30, unit: 'minutes on the wall', meaning: 'How long a session of the simulated exchange lasts' }),
};
