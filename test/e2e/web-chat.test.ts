import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { desktop, isPhone, looks, noBrowser, openBrowser, openPage, overflow, say, shoot, type Look, type OpenPage } from './browser.ts';
import { asha, scriptedDesk, type ScriptedDesk } from './scripted-desk.ts';

let browser: Browser;
let desk: ScriptedDesk;
let open: OpenPage;
beforeAll(async () => {
  if (!noBrowser) browser = await openBrowser();
});
afterAll(async () => {
  if (!noBrowser) await browser.close();
});
afterEach(async () => {
  await open.context.close();
  await desk.stop();
});

async function signedIn(look: Look, input: Parameters<typeof scriptedDesk>[0] = {}): Promise<Page> {
  desk = await scriptedDesk(input);
  open = await openPage(browser, look);
  await open.page.goto(desk.signInUrl());
  await open.page.getByText('Ask the desk').waitFor();
  return open.page;
}
const pending = '.MessageList .card[data-state="PENDING"]';
const toStory = async (page: Page, look: Look): Promise<number> => {
  let clicks = 0;
  const click = async (press: Promise<void>): Promise<void> => {
    await press;
    clicks += 1;
  };
  if (isPhone(look)) {
    await click(page.getByRole('link', { name: 'Desk' }).click());
    await click(page.getByRole('button', { name: 'Show COALINDIA' }).click());
  }
  await click(page.getByRole('button', { name: 'Story of COALINDIA' }).last().click());
  await page.locator('.sheet .timeline').waitFor();
  return clicks;
};

describe.skipIf(noBrowser)('the web chat', () => {
  it.each(looks)('tells the whole story of a trade on $name', async (look) => {
    const page = await signedIn(look);
    await shoot(page, `${look.name}-01-empty`);
    await say(page, 'Find me a trade in the SIP account');
    await page.locator(pending).waitFor();
    await shoot(page, `${look.name}-02-card`);
    expect(await page.locator(`${pending} h3`).innerText()).toContain('BUY 62 COALINDIA at ≤ ₹384.50');
    expect((await page.locator(`${pending} h3`).boundingBox())?.y ?? -1).toBeGreaterThan(0);
    expect(await page.locator(pending).count()).toBe(1);

    await page.locator(`${pending} .gates-strip`).click();
    await page.locator('.check').first().waitFor();
    expect(await page.locator('.check').count()).toBe(15);
    expect(await page.locator('.check').first().innerText()).toContain('Spread');
    await shoot(page, `${look.name}-03-gates`);
    await page.locator(`${pending} .gates-strip`).click();

    await page.locator(`${pending} .evidence button`).first().click();
    await page.locator('.sheet .record h3').waitFor();
    expect(await page.locator('.sheet a').getAttribute('rel')).toContain('noopener');
    expect(await page.locator('.sheet a').innerText()).toBe('nsearchives.nseindia.com');
    await shoot(page, `${look.name}-04-evidence`);
    await page.keyboard.press('Escape');

    await page.locator(`${pending} [data-press=confirm]`).scrollIntoViewIfNeeded();
    await page.locator(`${pending} [data-press=confirm][aria-disabled=false]`).click();
    await page.locator('.MessageList .card[data-state="FILLED"]').waitFor();
    expect(await page.locator('.MessageList .card').count()).toBe(1);
    expect(await page.locator('.MessageList .card').innerText()).toContain('Filled 62 at ₹384.35; stop and target are working.');
    await page.getByText('You confirmed card 12').waitFor();
    await shoot(page, `${look.name}-05-filled`);
    expect(await toStory(page, look)).toBeLessThanOrEqual(3);
    await shoot(page, `${look.name}-06-story`);
    await page.locator('.sheet .timeline button').first().click();
    await page.locator('.sheet .record').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();

    if (isPhone(look)) await page.getByRole('link', { name: 'Chat' }).click();
    await say(page, 'What do I hold?');
    await page.locator('table').waitFor();
    expect(await page.locator('table tbody tr').nth(2).innerText()).toMatch(/ITC\s+150\s+430\.20\s+427\.10\s+−465/);
    await shoot(page, `${look.name}-07-table`);
    await say(page, 'chart COALINDIA');
    await page.locator('.chart canvas').first().waitFor();
    expect(await page.locator('.chart table tbody tr').count()).toBe(44);
    await shoot(page, `${look.name}-08-chart`);
    await say(page, 'buy 500 more');
    await page.locator('.card[data-state="BLOCKED"]').waitFor();
    await page.getByRole('button', { name: 'Propose 190' }).waitFor();
    await shoot(page, `${look.name}-09-blocked`);
    await say(page, 'show the audit for card 12');
    await page.locator('.MessageList .timeline').waitFor();
    await shoot(page, `${look.name}-10-timeline`);
    await say(page, 'break it');
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await shoot(page, `${look.name}-11-fault`);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(open.complaints).toEqual([]);
  });

  it('says how to sign in to who is not, and shows nothing else', async () => {
    desk = await scriptedDesk();
    open = await openPage(browser, desktop);
    await open.page.goto(desk.web.url);
    await open.page.getByText('You are signed out.').waitFor();
    expect(await open.page.locator('body').innerText()).not.toMatch(/SIP|INFY|₹/);
  });

  it('wakes the buttons only after 600 ms on screen, and presses by key only inside the card', async () => {
    const page = await signedIn(desktop);
    // The page itself notes when the button came and when it woke: from outside a busy machine sees either too late.
    await page.evaluate(`{
      const seen = window.buttonTimes = {};
      const look = () => {
        const button = document.querySelector('${pending} [data-press=confirm]');
        if (button && seen.shown === undefined) { seen.shown = performance.now(); seen.asleep = button.getAttribute('aria-disabled'); }
        if (button?.getAttribute('aria-disabled') === 'false' && seen.awake === undefined) seen.awake = performance.now();
      };
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    }`);
    await say(page, 'Find me a trade in the SIP account');
    await page.locator(`${pending} [data-press=confirm][aria-disabled=false]`).waitFor();
    const times = (await page.evaluate('window.buttonTimes')) as { shown: number; awake: number; asleep: string };
    expect(times.asleep).toBe('true');
    expect(times.awake - times.shown).toBeGreaterThanOrEqual(590);
    await page.locator('.composer textarea').blur();
    await page.keyboard.press('c');
    await page.keyboard.press('r');
    await page.waitForTimeout(200);
    expect(await page.locator(pending).count()).toBe(1);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    // The card has a warning, so it opens at Reject.
    expect(await page.evaluate('document.activeElement.dataset.press')).toBe('reject');
    await page.keyboard.press('r');
    await page.locator('.MessageList .card[data-state="REJECTED"]').waitFor();
    expect(await page.locator('.card').innerText()).toContain('Nothing was sent');
  });

  it('lets a card run out in front of the reader', async () => {
    const page = await signedIn(desktop);
    await say(page, 'a quick trade');
    await page.getByText(/^Expired at/).waitFor();
    expect(await page.locator(`${pending} [data-press=confirm]`).getAttribute('aria-disabled')).toBe('true');
    expect(desk.service.messagesTaken()).toBe(1);
  });

  it('offers commands, completes them, and brings back what was said last', async () => {
    const page = await signedIn(desktop);
    await page.keyboard.press('Control+k');
    await page.getByRole('listbox', { name: 'Commands' }).waitFor();
    await page.keyboard.type('/po');
    await page.getByRole('option', { name: '/positions' }).waitFor();
    await page.keyboard.press('Enter');
    const box = page.locator('.composer textarea');
    await expect.poll(() => box.inputValue()).toBe('/positions ');
    await page.keyboard.press('Enter');
    await page.locator('table').waitFor();
    await page.keyboard.press('ArrowUp');
    expect(await box.inputValue()).toBe('/positions');
    await box.fill('');
    await box.blur();
    await page.keyboard.press('?');
    await page.getByText('These keys').waitFor();
  });

  it.each(looks)('asks the last message again in other words, on $name: the earlier fold away, their card does not', async (look) => {
    const page = await signedIn(look);
    const box = page.locator('.composer textarea');
    await say(page, 'Find me a trade in the SIP account');
    await page.locator(pending).waitFor();
    const edit = page.getByRole('button', { name: 'Edit your last message' });
    await edit.waitFor();
    if (isPhone(look)) expect((await edit.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(40);
    // Left again, by the key and by the button, what stood in the box is there again.
    await box.fill('a draft');
    await edit.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Editing your last message').waitFor();
    expect(await box.inputValue()).toBe('Find me a trade in the SIP account');
    expect(await box.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
    await shoot(page, `${look.name}-edit-1-words`);
    await page.keyboard.press('Escape');
    expect(await box.inputValue()).toBe('a draft');
    await edit.click();
    await page.getByRole('button', { name: 'Leave it' }).click();
    expect([await box.inputValue(), await page.locator('.editing').count()]).toEqual(['a draft', 0]);
    await box.fill('');

    await edit.click();
    await page.locator('.editing').waitFor();
    await box.fill('What do I hold?');
    await page.keyboard.press('Enter');
    await page.locator('table').waitFor();
    await page.getByText('Edited: show the earlier').waitFor();
    expect(await page.locator(pending).count()).toBe(1);
    expect(await page.locator(pending).isVisible()).toBe(true);
    expect(await page.locator('.earlier-words').isVisible()).toBe(false);
    expect(await page.locator('.said-foot').getByText('edited').count()).toBe(1);
    await shoot(page, `${look.name}-edit-2-folded`);
    await page.getByText('Edited: show the earlier').click();
    expect(await page.locator('.earlier-words').innerText()).toBe('Find me a trade in the SIP account');
    await shoot(page, `${look.name}-edit-3-open`);

    await page.getByRole('button', { name: 'Try again' }).dblclick();
    await expect.poll(() => page.locator('.earlier').count()).toBe(2);
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    expect(desk.service.messagesTaken()).toBe(3);
    // The same after the page is loaded anew.
    await page.reload();
    await expect.poll(() => page.locator('.earlier').count()).toBe(2);
    expect(await page.locator(pending).count()).toBe(1);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(open.complaints).toEqual([]);
  });

  it('sends what was an edit as a new message, and says so, once something else was said in another tab', async () => {
    const page = await signedIn(desktop);
    await say(page, 'What do I hold?');
    await page.locator('table').waitFor();
    await page.getByRole('button', { name: 'Edit your last message' }).click();
    const other = await open.context.newPage();
    await other.goto(page.url());
    await other.locator('table').waitFor();
    await say(other, 'chart COALINDIA');
    await page.locator('.chart canvas').first().waitFor();
    await page.getByText('You have said something else since, so this goes as a new message').waitFor();
    await page.locator('.composer textarea').fill('buy 500 more');
    await page.keyboard.press('Enter');
    await page.locator('.card[data-state="BLOCKED"]').waitFor();
    expect(await page.locator('.earlier').count()).toBe(0);
    // What is refused is seen at once, with why, and nothing is folded away.
    await page.getByRole('button', { name: 'Edit your last message' }).click();
    await page.locator('.editing').waitFor();
    await page.locator('.composer textarea').fill('refuse this');
    await page.keyboard.press('Enter');
    const why = page.getByText('That is refused, and this is why.');
    await why.waitFor();
    const composerTop = (await page.locator('.composer').boundingBox())?.y ?? 0;
    await expect.poll(async () => (await why.boundingBox())?.y ?? composerTop).toBeLessThan(composerTop);
    expect(await page.locator('.earlier').count()).toBe(0);
  });

  it('shows hostile text as text', async () => {
    const page = await signedIn(desktop);
    await say(page, 'hostile');
    await page.locator('.reply').waitFor();
    expect(await page.locator('.reply').innerText()).toContain('<img src=x onerror=alert(1)>');
    expect(await page.locator('.reply img, .reply script').count()).toBe(0);
    expect(await page.locator('.reply a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
      'https://example.com/very/long?path=1',
    ]);
    expect(open.complaints).toEqual([]);
  });

  it('stops an answer when told to', async () => {
    const page = await signedIn(desktop);
    await say(page, 'slowly');
    await page.locator('.reply-live').waitFor();
    await page.getByRole('button', { name: 'Stop the answer' }).click();
    await page.locator('.reply', { hasText: 'Stopped. Nothing was sent.' }).waitFor();
  });

  it('says when the connection is gone, keeps what is said meanwhile, and catches up without loss or doubles', async () => {
    const page = await signedIn(desktop);
    await say(page, 'Find me a trade in the SIP account');
    await page.locator(`${pending} [data-press=confirm][aria-disabled=false]`).waitFor();
    await desk.service.settled();
    await desk.stop();
    await page.getByText(/No connection since/).waitFor();
    await page.locator(`${pending} [data-press=confirm][aria-disabled=true]`).waitFor();
    await say(page, 'yes');
    await page.getByText('Not sent yet. It goes when the connection is back.').waitFor();
    await shoot(page, 'desktop-12-no-connection');
    const [thread] = await desk.service.threads(asha);
    await desk.service.say({
      threadId: thread?.threadId ?? '',
      person: asha,
      clientMessageId: 'elsewhere',
      inbound: { message: 'What do I hold?' },
    });
    await desk.service.settled();
    await desk.startAgain();
    await page.locator('.reply', { hasText: 'Two are waiting' }).waitFor();
    await page.locator('.banner').waitFor({ state: 'detached' });
    expect(await page.locator('table').count()).toBe(1);
    expect(await page.locator('.MessageList .Message.right .Bubble').allInnerTexts()).toEqual([
      'Find me a trade in the SIP account',
      'What do I hold?',
      'yes',
    ]);
    expect(desk.service.messagesTaken()).toBe(3);
  });

  it('loads what was said earlier on the way up and keeps the reader’s place', async () => {
    desk = await scriptedDesk();
    const { threadId } = await desk.service.openThread({ channel: 'web', externalId: 'long', person: asha });
    for (let count = 1; count <= 60; count += 1) {
      await desk.service.say({ threadId, person: asha, clientMessageId: `m${count}`, inbound: { message: `question ${count}` } });
      await desk.service.settled();
    }
    open = await openPage(browser, desktop);
    const { page } = open;
    const list = page.locator('.MessageList');
    await page.goto(desk.signInUrl());
    await list.getByText('question 60', { exact: true }).waitFor();
    expect(await list.getByText('question 1', { exact: true }).count()).toBe(0);
    const oldest = page.locator('.Message.right').first();
    const text = await oldest.innerText();
    await page.mouse.move(700, 400);
    for (let turns = 0; turns < 60 && (await oldest.innerText()) === text; turns += 1) {
      await page.mouse.wheel(0, -400);
      await page.waitForTimeout(30);
    }
    // What stood at the top is still in view, with earlier entries above it.
    expect(await oldest.innerText()).not.toBe(text);
    const box = await list.getByText(text, { exact: true }).boundingBox();
    expect(box && box.y > 0 && box.y < 900).toBe(true);
    await page.getByRole('button', { name: 'Newest' }).click();
    expect((await list.getByText('question 60', { exact: true }).boundingBox())?.y ?? 9_999).toBeLessThan(900);
  });

  it.each([
    ['replay', 'REPLAY 3 Jun 2024'],
    ['live', 'LIVE'],
  ] as const)('names the %s world in words', async (kind, label) => {
    const page = await signedIn(desktop, { world: { kind, label } });
    expect(await page.getByTestId('world').innerText()).toBe(label);
    await shoot(page, `desktop-13-${kind}`);
  });

  it('keeps the theme that was chosen', async () => {
    const page = await signedIn(desktop);
    const ground = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await ground();
    await page.getByRole('button', { name: /^Colours: system/ }).click();
    await page.getByRole('button', { name: /^Colours: light/ }).click();
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.reload();
    await page.getByText('Ask the desk').waitFor();
    expect(await ground()).toBe(dark);
  });
});
