// A page that only listens, by the browser's own EventSource. Started by EventSourceTest:
//
//   node notifications.mjs BASE CHROMIUM TOKEN
//
// Asks by a line of capitals for something to happen and waits for a line on its input; prints DONE at the end.
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const [base, executablePath, token] = process.argv.slice(2);
const PATIENCE_MS = 60_000;
const input = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

async function ask(what) {
  console.log(what);
  await input.next();
}

async function step(what, deed) {
  const begin = Date.now();
  await deed();
  console.log(`ok ${what} (${Date.now() - begin} ms)`);
}

const page = await (await browser.newContext()).newPage();
page.setDefaultTimeout(PATIENCE_MS);
await page.goto(`${base}/favicon.svg`);

const told = (name, field, value, wanted) =>
  page.waitForFunction(
    ([name, field, value, wanted]) =>
      window.told.some((event) => event.name === name && event[field] === value && Object.entries(wanted).every(([key, is]) => event[key] === is)),
    [name, field, value, wanted],
  );

await step('it opens', async () => {
  await page.evaluate(async (token) => {
    const answer = await fetch('/v1/presence/ticket', {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: '{}',
    });
    const { ticket } = await answer.json();
    window.told = [];
    window.stream = new EventSource(`/v1/presence/stream?ticket=${ticket}`);
    for (const name of ['open', 'presence', 'friend', 'unread', 'place', 'close', 'reconnect']) {
      window.stream.addEventListener(name, (event) => {
        if (event instanceof MessageEvent) window.told.push({ name, id: event.lastEventId, ...JSON.parse(event.data) });
      });
    }
  }, token);
  await told('open', 'user', 'sse-ann', {});
  await told('presence', 'user', 'sse-bob', { status: 'offline' });
  await page.waitForFunction(() => window.told.some((event) => event.name === 'place' && event.id));
});

await ask('COME');
await step('a friend comes online', () => told('presence', 'user', 'sse-bob', { status: 'online' }));

await ask('STOP');
await page.waitForFunction(() => window.stream.readyState === EventSource.CONNECTING);
await page.evaluate(() => (window.told = []));
await ask('START');

await step('it comes back by itself', () => told('open', 'user', 'sse-ann', {}));
await step('what is durable was not missed', async () => {
  await told('friend', 'user', 'sse-cid', { state: 'incoming' });
  await told('unread', 'with', 'sse-bob', { unread: 1, mention: true });
  await told('presence', 'user', 'sse-bob', { status: 'online' });
});

await browser.close();
console.log('DONE');
process.exit(0);
