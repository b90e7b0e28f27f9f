// An administrator looks at the page at /admin, in a real Chromium. Started by DashboardTest:
//
//   node dashboard.mjs BASE CHROMIUM ADMIN_TOKEN BRIEF_TOKEN PLAIN_TOKEN PICTURES
//
// BRIEF_TOKEN is an administrator's too, for a minute; log-ins are good for less and renewed.
//
// Prints a deed where the test is to do one, and waits for a line on its input; prints DONE at the end.
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const [base, executablePath, adminToken, briefToken, plainToken, pictures] = process.argv.slice(2);
const PATIENCE_MS = 60_000;
const PASSWORD = 'correct horse battery';
const SENTENCE = 'This account is not an administrator’s.';
const PHONE = { width: 360, height: 780 };
const DESKTOP = { width: 1360, height: 900 };
const input = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const problems = [];

const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

/** The page in a browser of its own. */
async function visit(options = {}) {
  const page = await (await browser.newContext({ viewport: DESKTOP, ...options })).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => problems.push(`${error}`));
  page.on('console', (message) => /Content Security Policy/.test(message.text()) && problems.push(message.text()));
  await page.goto(`${base}/admin`);
  return page;
}

async function paste(page, token) {
  await page.getByText('Use a token instead').click();
  await page.fill('[name=token]', token);
  await page.getByRole('button', { name: 'Use this token' }).click();
}

async function logIn(page, name) {
  await page.fill('[name=name]', name);
  await page.fill('[name=password]', PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function step(what, deed) {
  await deed();
  console.log(`ok ${what}`);
}

async function ask(deed) {
  console.log(deed);
  await input.next();
}

function same(what, actual, expected) {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) throw new Error(`${what}: ${JSON.stringify(actual)}`);
}

const go = (page, hash) => page.evaluate((to) => (location.hash = to), hash);
const row = (page, table, text) => page.locator(`#${table} tbody tr`, { hasText: text });
const gone = (page, table, text) => row(page, table, text).waitFor({ state: 'detached' });
const post = (path, body) => fetch(base + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

/** All that can be read on a page. */
const text = (page) => page.evaluate(() => document.body.innerText.trim());

const fits = (page, width) => page.waitForFunction((most) => document.scrollingElement.scrollWidth <= most, width);

const brief = await visit();
await step('an administrator by a token', async () => {
  await paste(brief, 'nonsense');
  await brief.getByText('That is not a token.').waitFor();
  await brief.fill('[name=token]', briefToken);
  await brief.getByRole('button', { name: 'Use this token' }).click();
  await row(brief, 'nodes', 'n1').waitFor();
});

const boss = await visit();
await step('who is no administrator sees the sentence alone', async () => {
  await paste(boss, plainToken);
  await boss.getByText(SENTENCE).waitFor();
  same('what is seen', (await text(boss)).split('\n').filter(Boolean), [SENTENCE, 'Sign in as somebody else']);
  same('rows', await boss.locator('tbody tr').count(), 0);
  await boss.getByRole('button', { name: 'Sign in as somebody else' }).click();
  await post('/v1/users', { name: 'dash-boss', password: PASSWORD });
  await logIn(boss, 'dash-boss');
  await boss.getByText(SENTENCE).waitFor();
});

await step('an administrator by log-in', async () => {
  await ask('PROMOTE dash-boss');
  await boss.getByRole('button', { name: 'Sign in as somebody else' }).click();
  await logIn(boss, 'dash-boss');
  await row(boss, 'nodes', 'n1').waitFor();
});

const page = await visit();

await step('the nodes and the sums', async () => {
  await paste(page, adminToken);
  for (const name of ['n1', 'n2']) await row(page, 'nodes', name).getByText('in view').waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByText('2 of 2').waitFor();
  await page.waitForFunction(() => document.querySelector('.chart .line').getAttribute('d').length > 20);
});

await step('who comes online appears without a reload, and changes are followed', async () => {
  await page.evaluate(() => (window.kept = true));
  await page.getByRole('link', { name: 'Online' }).click();
  await page.getByText('Nobody is online.').waitFor();
  await ask('ONLINE dash-ada');
  await row(page, 'users', 'dash-ada').getByText('online').waitFor();
  await ask('ONLINE dash-bob');
  await row(page, 'users', 'dash-bob').waitFor();
  await page.getByLabel('User id begins with').fill('dash-a');
  await gone(page, 'users', 'dash-bob');
  await row(page, 'users', 'dash-ada').waitFor();
  await page.getByLabel('Status').selectOption('busy');
  await page.getByText('Nobody online is busy and has an id that begins with “dash-a”.').waitFor();
  await page.getByLabel('Status').selectOption('');
});

await step('why a user is shown online, and the end of a session', async () => {
  await page.getByRole('link', { name: 'dash-ada' }).click();
  await page.getByText('Shown as online: 1 session is held by its node.').waitFor();
  const session = row(page, 'sessions', 'n2');
  for (const seen of ['held', 'phone', '127.0.0.1']) await session.getByText(seen).first().waitFor();
  await session.getByRole('button').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await session.getByRole('button').press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'End session' }).click();
  await ask('CLOSED dash-ada');
  await page.getByText('A session of dash-ada was ended.').waitFor();
  await gone(page, 'sessions', 'n2');
  await page.getByText('Offline: there is no session.').waitFor();
  await go(page, '#/online');
  await page.getByText('See what is known of the user “dash-a”').waitFor();
  await page.getByLabel('User id begins with').fill('');
  await row(page, 'users', 'dash-bob').waitFor();
  same('rows of who was ended', await row(page, 'users', 'dash-ada').count(), 0);
});

await step('the end of all sessions', async () => {
  await page.getByRole('link', { name: 'dash-bob' }).click();
  await page.getByRole('button', { name: 'End all sessions' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End all sessions' }).click();
  await ask('CLOSED dash-bob');
  await page.getByText('1 session of dash-bob was ended.').waitFor();
});

await step('the audit log', async () => {
  await page.getByRole('link', { name: 'Audit log' }).click();
  const ended = row(page, 'actions', 'ended all sessions of');
  for (const seen of ['dash-root', 'dash-bob', '127.0.0.1']) await ended.getByText(seen).waitFor();
  await row(page, 'actions', 'ended the session').waitFor();
  same('reloads', await page.evaluate(() => window.kept), true);
});

await step('a slow consumer', async () => {
  await go(page, '#/');
  await ask('SLOW dash-slow');
  await row(page, 'slow', 'dash-slow').waitFor();
});

await step('it fits a phone and a desk, in the light and in the dark', async () => {
  await ask('ONLINE dash-cat');
  for (const viewport of [PHONE, DESKTOP]) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      for (const [view, ready] of [['', '#nodes'], ['online', '#users'], ['user/dash-cat', '#sessions'], ['audit', '#actions']]) {
        await go(page, `#/${view}`);
        await page.locator(`${ready} tbody tr`).first().waitFor();
        await fits(page, viewport.width);
        const name = `${view.split('/')[0] || 'overview'}-${viewport === PHONE ? 'phone' : 'desktop'}-${colorScheme}`;
        await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
      }
    }
  }
});

await step('a lost node and its return', async () => {
  await go(page, '#/');
  await ask('STOP n1');
  await page.getByText('No answer from the server since').waitFor();
  await page.getByText('Connecting…').waitFor();
  await ask('START n1');
  await page.getByText('Live', { exact: true }).waitFor();
  await page.locator('#status').filter({ hasText: /^$/ }).waitFor({ state: 'hidden' });
  await row(page, 'nodes', 'n1').getByText('in view').waitFor();
});

await step('a drain', async () => {
  await page.getByRole('button', { name: 'Drain n2' }).click();
  await page.getByRole('dialog').getByText('It goes on running').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Drain n2' }).click();
  await row(page, 'nodes', 'n2').getByText('draining').waitFor();
  await go(page, '#/audit');
  await row(page, 'actions', 'drained the node').waitFor();
});

await step('a token whose time is over, and one that was renewed', async () => {
  await brief.getByText('The token’s time is over. Please sign in again.').waitFor();
  same('rows', await brief.locator('tbody tr').count(), 0);
  await row(boss, 'nodes', 'n2').getByText('draining').waitFor();
  await boss.getByText('Live', { exact: true }).waitFor();
  await boss.getByRole('button', { name: 'Sign out' }).click();
  await boss.locator('#login').waitFor();
});

await step('a node that is gone', async () => {
  await go(page, '#/');
  await ask('STOP n2');
  await row(page, 'nodes', 'n2').getByText('gone').waitFor();
  await page.getByText('1 of 1').waitFor();
});

await step('no errors in the pages', async () => same('problems', problems, []));
await browser.close();
console.log('DONE');
process.exit(0);
