import { expect, it } from 'vitest';
import { makeKey, makeKeyWords } from '../../../../channels/web/app/pages/settings/make-key.ts';
import { sha256 } from '../../../../desk/canonical.ts';

it('makes keys that the desk takes, no two alike, and gives their hash alone to the conversation', async () => {
  const made = await Promise.all(Array.from({ length: 50 }, () => makeKey()));
  expect(new Set(made.map((each) => each?.key)).size).toBe(50);
  for (const each of made) {
    expect(each?.key).toMatch(/^pk_[\w-]{32}$/);
    expect(each?.hash).toBe(sha256(each?.key ?? ''));
    expect(makeKeyWords({ label: ' my \n screener ', person: 'Priya', hash: each?.hash ?? '' })).toBe(`/makekey my screener for Priya sha256 ${sha256(each?.key ?? '')}`);
  }
});
