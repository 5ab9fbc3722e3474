import type { Action, ActionOf } from '../../desk/actions/types.ts';
import { type Currency, formatCount, formatDay, formatMoney, formatMoneyExact, formatPercent, formatPrice } from '../../desk/format.ts';
import { limitSetting } from '../../desk/gates/limit-settings.ts';
import { ratioWords } from '../../desk/market/share-ratio.ts';

interface Around { currency: Currency; symbol: string | null; held: number | null; accountName: string | null; last: number | null; /** Whose rights, link or key it is; for a transfer `toName`. */ personName?: string | null; toName?: string | null }

const switchWords = (type: ActionOf<'kill_switch_set'>['switchType']): string => `the ${type.toLowerCase().replaceAll('_', ' ')} switch`;
const triggerWords = { pauseNewEntries: 'pauses new entries', cancelOpenEntries: 'cancels open entries', closeAll: 'proposes to close all' } as const;
const onTriggerWords = (actions: ActionOf<'kill_switch_set'>['onTrigger']): string => (actions.length === 0 ? 'it only tells' : actions.map((each) => triggerWords[each]).join(', '));
const isMoneySwitch = (type: string): boolean => type === 'MAX_DAILY_LOSS' || type === 'MAX_DRAWDOWN';
const threshold = (action: ActionOf<'kill_switch_set'>, money: (minor: number) => string): string =>
  (action.thresholdType === 'PERCENTAGE' ? formatPercent(action.threshold) : isMoneySwitch(action.switchType) ? money(action.threshold) : formatCount(action.threshold));
function limitValue(name: string, value: number, money: (minor: number) => string): string {
  const unit = limitSetting(name)?.unit;
  return unit === 'currency' ? money(Math.round(value * 100)) : unit === '%' ? formatPercent(value) : `${formatCount(value)}${unit ? ` ${unit}` : ''}`;
}
function rightsWords({ canView, canPropose, canConfirm }: ActionOf<'rights_change'>): string {
  const may = [canView ? 'see' : '', canPropose ? 'propose' : '', canConfirm ? 'confirm' : ''].filter(Boolean);
  return may.length > 0 ? may.join(', ') : 'do nothing any more';
}

const words = (kind: string): string => kind.replaceAll('_', ' ');

/** The action in one line, as the card's first and the audit's: rendered from the typed action alone. */
export function actionSentence(action: Action, around: Around): string {
  const price = (value: string | number): string => formatPrice(Number(value), around.currency);
  const money = (minor: number): string => formatMoney(minor, around.currency);
  const inAccount = around.accountName ? ` in ${around.accountName}` : '';
  switch (action.kind) {
    case 'enter': {
      const at = action.orderType === 'LIMIT' && action.limitPrice ? ` at ${action.side === 'BUY' ? '≤' : '≥'} ${price(action.limitPrice)}` : ` at market${around.last ? `, about ${price(around.last)}` : ''}`;
      const target = action.bracket.target ? ` · target ${price(action.bracket.target)}` : '';
      const trail = action.bracket.trail ? ` · trails by ${price(action.bracket.trail.distance)}` : '';
      const when = action.onlyIf ? ` · only while it is ${action.onlyIf.comparison.toLowerCase()} ${price(action.onlyIf.price)}` : '';
      return `${action.side} ${formatCount(action.quantity)} ${action.symbol}${at} · stop ${price(action.bracket.stop)}${target}${trail} · horizon ${action.horizonDays} ${action.horizonDays === 1 ? 'day' : 'days'}${when}`;
    }
    case 'exit': case 'reduce': {
      const held = Math.abs(around.held ?? 0);
      const quantity = action.kind === 'reduce' ? action.quantity : held;
      const of = held > 0 && quantity < held ? ` of ${formatCount(held)}` : '';
      const at = action.limitPrice ? ` at ${price(action.limitPrice)}` : ` at market${around.last ? `, about ${price(around.last)}` : ''}`;
      return `${(around.held ?? 1) >= 0 ? 'SELL' : 'BUY'} ${formatCount(quantity)}${of} ${action.symbol}${at}`;
    }
    case 'option_structure': return structureSentence(action, price);
    case 'cancel': return `Cancel the ${around.symbol ?? ''} order`.replace('  ', ' ');
    case 'modify': {
      const parts = [
        action.stop ? `stop to ${price(action.stop)}` : '', action.target ? `target to ${price(action.target)}` : '', action.limitPrice ? `price to ${price(action.limitPrice)}` : '',
        action.trail ? `trail by ${price(action.trail.distance)}` : action.trail === null ? 'no trail' : '',
      ].filter(Boolean);
      return `Move ${around.symbol ?? 'the order'}: ${parts.join(', ')}`;
    }
    case 'close_all': return `${action.haltEntries ? 'Flatten and stop' : 'Close every position'}${inAccount}`;
    case 'transfer_cash': return `Transfer ${money(action.amountMinor)}${around.accountName ? ` from ${around.accountName}` : ''}${around.toName ? ` to ${around.toName}` : ''}`;
    case 'deposit': return `Deposit ${money(action.amountMinor)}${inAccount}`;
    case 'withdrawal': return `Withdraw ${money(action.amountMinor)}${around.accountName ? ` from ${around.accountName}` : ''}`;
    case 'playbook_change': return `Change the playbook “${action.terms.name}”: ${action.summary}`;
    case 'mandate_change': return `Change the mandate${inAccount}: ${action.summary}`;
    case 'pause': return `Pause new entries${inAccount || ' in every account'}`;
    case 'resume': return `Resume new entries${inAccount || ' in every account'}`;
    case 'kill_switch_trip': return `Halt${inAccount || ' the whole desk'}: ${action.reason}`;
    case 'watchlist_edit': return [action.add.length ? `Watch ${action.add.join(', ')}` : '', action.remove.length ? `stop watching ${action.remove.join(', ')}` : ''].filter(Boolean).join('; ');
    case 'funding_release': return `Release ${money(action.amountMinor)} of the funding plan${inAccount}`;
    case 'limit_change': return `Set the ${limitSetting(action.setting)?.words ?? action.setting}${inAccount || ' for the whole desk'} to ${limitValue(action.setting, action.value, money)}`;
    case 'kill_switch_set': return `${action.active ? `Set ${switchWords(action.switchType)} to trip at ${threshold(action, money)}` : `Switch ${switchWords(action.switchType)} off`}${inAccount || ' for the whole desk'}${action.active ? `: ${onTriggerWords(action.onTrigger)}${action.autoResetMinutes === null ? '' : `, again after ${action.autoResetMinutes} minutes once it is over`}` : ''}`;
    case 'kill_switch_reset': return `Reset ${switchWords(action.switchType)}${inAccount || ' for the whole desk'}`;
    case 'arm_live': return `Arm live trading${inAccount} until ${action.until}: real money`;
    case 'disarm_live': return `Disarm live trading${inAccount}`;
    case 'account_mode': return action.mode === 'live' ? `Send the orders of ${around.accountName ?? 'this account'} to ${action.broker}: real money` : `Trade on paper${inAccount}`;
    case 'account_open': return `Open ${action.name} (${words(action.type).toLowerCase()}) on paper with ${formatMoney(action.openingBalanceMinor, action.baseCurrency)}${action.sipAmountMinor === undefined ? '' : `, ${formatMoney(action.sipAmountMinor, action.baseCurrency)} a month`}`;
    case 'account_edit': return `Call ${around.accountName ?? 'this account'} ${action.name}`;
    case 'account_close': return `Close ${around.accountName ?? 'this account'}; the cash that is left goes out`;
    case 'account_reset': return `Start ${around.accountName ?? 'this account'} over with ${money(action.openingBalanceMinor)}; what was is kept`;
    case 'holding_adjustment': return adjustmentWords(action, { price, inAccount, currency: around.currency });
    case 'parted_shares': return partedWords(action, { inAccount, currency: around.currency });
    case 'run_cycle': return 'Run a desk cycle';
    case 'trigger_eval': return action.suite === undefined ? 'Run every evaluation suite' : `Run the ${action.suite} evals`;
    case 'person_add': return `Add ${action.name} as ${action.role}`;
    case 'rights_change': return `Let ${around.personName ?? 'them'} ${rightsWords(action)}${inAccount}`;
    case 'identity_link': return `Link ${around.personName ?? 'them'} on ${action.channel} as ${action.externalId}`;
    case 'identity_unlink': return `Take away ${around.personName ? `${around.personName}’s` : 'the'} link on ${action.channel}`;
    case 'api_key_create': return `Make the API key “${action.label}” for ${around.personName ?? 'them'}: it may do what they may`;
    case 'api_key_revoke': return 'Revoke an API key';
  }
}

/** What a late split, bonus or dividend makes of the holding: from shares to shares, with stop, target and cash as they will be. */
function adjustmentWords(action: ActionOf<'holding_adjustment'>, { price, inAccount, currency }: { price: (value: string | number) => string; inAccount: string; currency: Currency }): string {
  const { symbol, exDate, of, quantityBefore, quantityAfter, cashMinor, stop, target } = action;
  const cash = formatMoneyExact(Math.abs(cashMinor), currency);
  if (of === 'DIVIDEND') return `${cashMinor < 0 ? 'Pay' : 'Book'} ${symbol}’s dividend (ex ${formatDay(exDate)}) on ${formatCount(Math.abs(quantityBefore))} shares${inAccount}: ${cash}`;
  const what = `Work in ${symbol}’s ${ratioWords(of, action)} (ex ${formatDay(exDate)}${action.basis === 'GIVEN' ? '; the ratio as you say it, nobody published one' : ''})${inAccount}`;
  if (quantityBefore === 0) return `${what}: orders of before are cancelled; nothing is held`;
  const { soldSince = 0, restatedMinor = 0 } = action;
  const sold = soldSince === 0 ? [] : [`${formatCount(soldSince)} of them ${soldSince === 1 ? 'is' : 'are'} sold already, so ${formatCount(quantityAfter - soldSince)} are held`, `realised result restated by ${restatedMinor < 0 ? '−' : '+'}${formatMoneyExact(Math.abs(restatedMinor), currency)}`];
  const parts = [`${formatCount(Math.abs(quantityBefore))} shares become ${formatCount(Math.abs(quantityAfter))}`, ...sold, stop ? `stop ${price(stop)}` : '', target ? `target ${price(target)}` : '', cashMinor === 0 ? '' : `${cash} ${cashMinor < 0 ? 'paid' : 'booked'} for the fraction of a share`];
  return `${what}: ${parts.filter(Boolean).join(' · ')}`;
}

/** What is credited of a parted company, with the cost that goes over; or that nothing is expected any more. */
function partedWords({ symbol, exDate, into, quantity, quantityThen, newShares, oldShares, costMinor, costBasis, partedPercent, expectedMinor }: ActionOf<'parted_shares'>, { inAccount, currency }: { inAccount: string; currency: Currency }): string {
  const money = (minor: number): string => formatMoneyExact(Math.abs(minor), currency);
  if (into === null) return `Expect no shares of the ${symbol} demerger (ex ${formatDay(exDate)})${inAccount} any more: ${money(expectedMinor)} leaves the equity`;
  const by = costBasis === 'GIVEN' ? `${formatPercent(Number(partedPercent), 4)} of it, as you say it` : 'by the measured prices, an estimate and not the split for tax';
  return `Credit ${formatCount(quantity)} ${into} of the ${symbol} demerger (ex ${formatDay(exDate)}; ${formatCount(newShares)} for ${formatCount(oldShares)}, as you say it)${inAccount}: on ${formatCount(quantityThen)} held then · ${money(costMinor)} of their cost goes over (${by})`;
}

/** What a structure does, leg by leg: its legs in words, what opens before what closes. */
function structureSentence(action: ActionOf<'option_structure'>, price: (value: string | number) => string): string {
  const opens = action.legs.filter(({ effect }) => effect !== 'CLOSE');
  const closes = action.legs.filter(({ effect }) => effect === 'CLOSE');
  const leg = ({ side, lots, lotSize, strike, right, limitPrice, expiry }: ActionOf<'option_structure'>['legs'][number]): string =>
    `${side} ${formatCount(lots * lotSize)} ${expiry.slice(8)}.${expiry.slice(5, 7)}. ${Number(strike)} ${right.toLowerCase()} at ${side === 'BUY' ? '≤' : '≥'} ${price(limitPrice)}`;
  const list = (legs: typeof opens): string => legs.map(leg).join(' · ');
  const name = `${action.underlying} ${words(action.structure)}`;
  if (opens.length === 0) return `Close ${name}: ${list(closes)}`;
  return closes.length === 0 ? `${name}: ${list(opens)}` : `Roll ${name}: ${list(opens)} · closing ${list(closes)}`;
}
