// A real browser on TLS: Chromium opens the live page by https, signs in, and is told of a notification by wss.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

const key = 'the key of the browser test';
const folder = mkdtempSync(join(tmpdir(), 'belfry-browser-'));
const [certificate, privateKey] = ['cert.pem', 'key.pem'].map((name) => join(folder, name));
let server;
let browser;
let base;

async function until(what, condition) {
  const end = Date.now() + 60_000;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `this did not happen: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Chromium by its debugging protocol, over two pipes. */
class Browser {
  constructor(arguments_) {
    this.process = spawn(process.env.BELFRY_CHROMIUM, ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run',
      '--disable-dev-shm-usage', '--remote-debugging-pipe', `--user-data-dir=${join(folder, 'profile')}`, ...arguments_],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: folder } });
    this.answers = new Map();
    this.events = [];
    this.last = 0;
    let text = '';
    this.process.stdio[4].setEncoding('utf8').on('data', (chunk) => {
      const parts = (text + chunk).split('\0');
      text = parts.pop();
      parts.forEach((part) => this.#take(JSON.parse(part)));
    });
  }

  #take(message) {
    if (!message.id) return this.events.push(message);
    const { resolve, reject } = this.answers.get(message.id);
    this.answers.delete(message.id);
    return message.error ? reject(new Error(message.error.message)) : resolve(message.result);
  }

  ask(method, params = {}, sessionId = undefined) {
    const id = ++this.last;
    this.process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => { this.answers.set(id, { resolve, reject }); });
  }

  async page() {
    const { targetId } = await this.ask('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.ask('Target.attachToTarget', { targetId, flatten: true });
    for (const domain of ['Page', 'Network', 'Runtime']) await this.ask(`${domain}.enable`, {}, sessionId);
    return {
      open: (url) => this.ask('Page.navigate', { url }, sessionId),
      run: async (expression) => {
        const { result, exceptionDetails } = await this.ask('Runtime.evaluate', { expression, returnByValue: true }, sessionId);
        assert.equal(exceptionDetails, undefined, expression);
        return result.value;
      },
      heard: (method) => this.events.filter((event) => event.sessionId === sessionId && event.method === method)
        .map((event) => event.params),
    };
  }
}

function post(title) {
  return new Promise((resolve, reject) => {
    const asked = request(`${base}/api/v1/notifications`, { method: 'POST', ca: readFileSync(certificate),
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject);
    asked.end(JSON.stringify({ user_id: 'ada', title }));
  });
}

before(async () => {
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', privateKey, '-out', certificate],
  { stdio: 'ignore' });
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('BELFRY_')));
  const ready = join(folder, 'ready.json');
  server = spawn(join(process.env.BELFRY_BIN_DIR, 'belfryd'), ['--listen', '127.0.0.1:0', '--tls-certificate', certificate,
    '--tls-key', privateKey, '--ready-file', ready, '--data-dir', join(folder, 'data')],
  { env: { ...environment, BELFRY_ADMIN_KEY: key }, stdio: 'ignore' });
  await until('the server starts', () => existsSync(ready));
  const { port, protocol } = new URL(JSON.parse(readFileSync(ready)).urls[0]);
  assert.equal(protocol, 'https:');
  base = `https://localhost:${port}`;
});

after(async () => {
  for (const child of [browser?.process, server].filter(Boolean)) {
    child.kill('SIGTERM');
    await until('it ends', () => child.exitCode !== null || child.signalCode !== null);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

test('the live page works by https and wss', async () => {
  // Trust in this one public key, and in no other: what a browser checks besides stays as it is.
  const spki = execFileSync('sh', ['-c', `openssl x509 -in '${certificate}' -noout -pubkey | openssl pkey -pubin -outform der`]);
  const pin = createHash('sha256').update(spki).digest('base64');
  browser = new Browser([`--ignore-certificate-errors-spki-list=${pin}`]);
  const page = await browser.page();
  const { errorText } = await page.open(`${base}/`);
  assert.equal(errorText, undefined);
  await until('the page is there', () => page.run('document.readyState === "complete" && Boolean(document.forms.who)'));
  const [head] = page.heard('Network.responseReceived').filter(({ response }) => response.url === `${base}/`);
  assert.equal(head.response.status, 200);
  assert.equal(head.response.securityDetails.protocol, 'TLS 1.3');

  await page.run(`user.value = 'ada'; key.value = ${JSON.stringify(key)}; connect.click()`);
  await until('it is live', () => page.run('document.getElementById("state").dataset.state === "live"'));
  assert.equal(await post('By wss'), 201);
  await until('it arrives', () => page.run('document.querySelector("#list .title")?.textContent === "By wss"'));
  await page.run('document.querySelector("#list button.act").click()');
  await until('it is read', () => page.run('document.getElementById("counts").textContent === "0 unread"'));

  const sockets = page.heard('Network.webSocketCreated').map(({ url }) => new URL(url));
  assert.equal(sockets.length, 1);
  assert.equal(sockets[0].origin, base.replace('https:', 'wss:'));
  assert.ok(!sockets[0].href.includes(encodeURIComponent(key)));
  assert.deepEqual(page.heard('Runtime.exceptionThrown'), []);
  // All of it came by TLS from the server itself.
  for (const { request: { url } } of page.heard('Network.requestWillBeSent'))
    assert.ok(url.startsWith(`${base}/`) || url === 'about:blank', url);
});

test('without that trust the browser goes no further', async () => {
  const stranger = new Browser([`--user-data-dir=${join(folder, 'stranger')}`]);
  try {
    const page = await stranger.page();
    const { errorText } = await page.open(`${base}/`);
    assert.equal(errorText, 'net::ERR_CERT_AUTHORITY_INVALID');
  } finally {
    stranger.process.kill('SIGTERM');
    await until('it ends', () => stranger.process.exitCode !== null || stranger.process.signalCode !== null);
  }
});
