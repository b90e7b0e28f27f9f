// Two people talk on the page at /, in a real Chromium: sign up, make a room, talk, reload, and go on
// after the node was restarted. Started by BrowserTest:
//
//   node talk.mjs BASE CHROMIUM
//
// Prints RESTART when the node is to be restarted and waits for a line on its input; prints DONE at the end.
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const [base, executablePath] = process.argv.slice(2);
const PATIENCE_MS = 30_000;
const PASSWORD = 'correct horse battery';
const input = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const problems = [];

const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

/** Signs up in a browser of one's own. */
async function person(name) {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => problems.push(`${name}: ${error}`));
  await page.goto(base);
  await page.fill('[name=name]', name);
  await page.fill('[name=password]', PASSWORD);
  await page.click('[value=signUp]');
  await page.waitForSelector('#chat:not([hidden])');
  return page;
}

async function step(what, deed) {
  await deed();
  console.log(`ok ${what}`);
}

const say = async (page, text) => {
  await page.fill('#text', text);
  await page.press('#text', 'Enter');
};

const sees = (page, text) =>
  page.waitForFunction((wanted) => [...document.querySelectorAll('#messages .message > p')].some((p) => p.textContent === wanted), text);

const settled = (page) => page.waitForFunction(() => !document.querySelector('.sending, .sent, .failed'));

const texts = (page) => page.$$eval('#messages .message > p', (all) => all.map((p) => p.textContent));

function same(what, actual, expected) {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) throw new Error(`${what}: ${JSON.stringify(actual)}`);
}

const said = [];
const bob = await person('browser-bob');
const ada = await person('browser-ada');

await step('a room', async () => {
  await ada.click('#newRoom');
  await ada.fill('dialog [name=name]', 'Tea & <b>talk</b>');
  await ada.fill('dialog [name=users]', 'browser-bob');
  await ada.click('#dialogDone');
  await ada.waitForFunction(() => document.querySelector('#title').textContent === 'Tea & <b>talk</b>');
  await bob.click('#conversations a');
  await bob.waitForSelector('#conversation:not([hidden])');
});

await step('messages both ways', async () => {
  for (const [from, to, text] of [[ada, bob, 'hello <img src=x onerror=alert(1)> 🎈\nline two'], [bob, ada, 'hi ada']]) {
    await say(from, text);
    said.push(text);
    await sees(to, text);
  }
  await settled(ada);
});

await step('an edit and a reaction', async () => {
  await ada.locator('.message.mine').first().hover();
  await ada.locator('.message.mine').first().getByText('Edit').click();
  said[0] = 'hello, edited';
  await say(ada, said[0]);
  await sees(bob, said[0]);
  await bob.locator('.message').first().hover();
  await bob.locator('.message').first().locator('[data-deed="👍"]').click();
  await ada.waitForSelector('.message [aria-label*="👍 by"]');
});

await step('a burst in order', async () => {
  for (let i = 0; i < 20; i++) {
    await say(ada, `burst ${i}`);
    said.push(`burst ${i}`);
  }
  await sees(bob, 'burst 19');
  same('what bob has', await texts(bob), said);
});

await step('all is there after a reload', async () => {
  await bob.reload();
  await sees(bob, 'burst 19');
  same('after the reload', await texts(bob), said);
});

await step('a restart of the node, with messages written meanwhile', async () => {
  console.log('RESTART');
  await input.next(); // the node is down
  await ada.waitForSelector('#status:not([hidden])');
  await say(ada, 'written while the node was down');
  said.push('written while the node was down');
  await ada.waitForSelector('.sending');
  console.log('DOWN');
  await input.next(); // it is up again
  await sees(bob, said.at(-1));
  await say(bob, 'back again');
  said.push('back again');
  await sees(ada, 'back again');
  await settled(ada);
  same('what ada has', await texts(ada), said);
  same('what bob has', await texts(bob), said);
});

await step('no errors in the pages', async () => same('problems', problems, []));
await browser.close();
console.log('DONE');
process.exit(0);
