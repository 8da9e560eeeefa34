// The live page's session and inbox (resources/live) against a real belfryd.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { webcrypto } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { WebSocket } from './web_socket.mjs';

const source = join(process.env.BELFRY_SOURCE_DIR, 'resources/live');
const { Session } = await import(join(source, 'session.js'));
const { Inbox } = await import(join(source, 'inbox.js'));

const key = 'the key of the live page test';
const folder = mkdtempSync(join(tmpdir(), 'belfry-live-'));
let server;
let base;

async function until(what, condition) {
  const end = Date.now() + 15_000;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `this did not happen: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

before(async () => {
  const ready = join(folder, 'ready.json');
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('BELFRY_')));
  server = spawn(join(process.env.BELFRY_BIN_DIR, 'belfryd'),
    ['--listen', '127.0.0.1:0', '--ready-file', ready, '--data-dir', join(folder, 'data')],
    { env: { ...environment, BELFRY_ADMIN_KEY: key, BELFRY_LIMIT_KEY_RATE: '0' }, stdio: 'ignore' });
  await until('the server starts', () => existsSync(ready));
  base = JSON.parse(readFileSync(ready)).urls[0];
});

after(async () => {
  server.kill('SIGTERM');
  await until('the server stops', () => server.exitCode !== null);
  rmSync(folder, { recursive: true });
});

/** A browser's surroundings, which remember where one went. */
class World {
  constructor() {
    this.addresses = [];
    this.sockets = [];
    this.crypto = webcrypto;
    const world = this;
    this.WebSocket = class extends WebSocket {
      constructor(url, protocols) {
        super(url, protocols);
        world.addresses.push(String(url));
        world.sockets.push(this);
      }
    };
  }

  fetch(url, options) {
    this.addresses.push(String(url));
    return fetch(url, options);
  }

  setTimeout(...all) { return setTimeout(...all); }
  clearTimeout(timer) { clearTimeout(timer); }
  setInterval(...all) { return setInterval(...all); }
  clearInterval(timer) { clearInterval(timer); }
}

function open(user, credential = key) {
  const heard = { states: [], news: [], problems: [] };
  const world = new World();
  const session = new Session({ base, user, key: credential, device: `device-${Math.random()}`, world,
    on: { state: (name) => heard.states.push(name), changed() {}, news: (item) => heard.news.push(item.title || item.message),
      problem: (text) => heard.problems.push(text) } });
  session.start();
  return { session, world, heard, isLive: () => heard.states.at(-1) === 'live',
    titles: () => session.inbox.shown().map((item) => item.title) };
}

async function post(user, title) {
  const answer = await fetch(`${base}/api/v1/notifications`, { method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ user_id: user, title }) });
  assert.equal(answer.status, 201);
  return (await answer.json()).data.id;
}

test('shows what is there and what comes, and marks it read everywhere', async () => {
  const first = await post('anna', 'one');
  const [here, there] = [open('anna'), open('anna')];
  await until('both are live', () => here.isLive() && there.isLive());
  assert.deepEqual(here.titles(), ['one']);
  await post('anna', 'two');
  await until('it arrives', () => here.titles().length === 2 && there.titles().length === 2);
  assert.deepEqual(here.titles(), ['two', 'one']);
  assert.deepEqual(here.heard.news, ['two']);
  await here.session.markRead(first);
  await until('it is read there', () => there.session.inbox.items.get(first).is_read);
  await until('it is counted', () => there.session.inbox.counts?.unread === 1);
  await there.session.markAllRead();
  await until('all are read', () => here.session.inbox.shown().every((item) => item.is_read));
  for (const { world, session, heard } of [here, there]) {
    assert.deepEqual(heard.problems, []);
    for (const address of world.addresses) assert.ok(!decodeURIComponent(address).includes(key), address);
    session.stop();
  }
});

test('comes back by itself and misses nothing', async () => {
  const page = open('ben');
  await until('it is live', page.isLive);
  await post('ben', 'before');
  await until('it arrives', () => page.titles().length === 1);
  page.world.sockets.at(-1).cut();
  await until('it is noticed', () => page.heard.states.at(-1) === 'waiting');
  await post('ben', 'meanwhile');
  await until('it is live again', () => page.isLive() && page.titles().length === 2);
  assert.deepEqual(page.heard.news, ['before', 'meanwhile']);
  page.session.wake(); // as the browser's `online` asks for
  await post('ben', 'after');
  await until('it goes on', () => page.titles().length === 3);
  page.session.stop();
  assert.equal(page.heard.states.at(-1), 'off');
});

test('many at once are all there, once', async () => {
  const page = open('cleo');
  await until('it is live', page.isLive);
  const answer = await fetch(`${base}/api/v1/notifications:batch`, { method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(Array.from({ length: 700 }, (_, n) => ({ user_id: 'cleo', title: `n${n}` }))) });
  assert.equal(answer.status, 200);
  await until('they arrive', () => page.titles().length === 700);
  const late = open('cleo'); // by pages of a snapshot
  await until('the other is live', () => late.isLive() && late.titles().length === 700);
  assert.deepEqual(late.titles(), page.titles());
  page.session.stop();
  late.session.stop();
});

test('says when the key is refused, and gives up', async () => {
  const page = open('dora', 'not a key of this server');
  await until('it is refused', () => page.heard.states.at(-1) === 'refused');
  assert.equal(page.heard.problems.length, 1);
  assert.equal(page.world.sockets.length, 0);
});

test('ends with the key that it was opened by', async () => {
  const keys = (method, path, body) => fetch(`${base}/api/v1/admin/api-keys${path}`, { method, body: JSON.stringify(body),
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' } });
  const made = await (await keys('POST', '', { name: 'page', scopes: ['inbox:*'] })).json();
  const [theirs, other] = [open('fred', made.data.key), open('fred')];
  await until('both are live', () => theirs.isLive() && other.isLive()); // by a ticket each
  assert.equal((await keys('DELETE', `/${made.data.id}`)).status, 200);
  await until('it is refused', () => theirs.heard.states.at(-1) === 'refused');
  await post('fred', 'not for them');
  await until('it arrives at the other', () => other.titles().length === 1);
  assert.deepEqual(theirs.titles(), []);
  other.session.stop();
});

test('works without a key on this machine, by the legacy routes', async () => {
  await post('emil', 'kept');
  const page = open('emil', '');
  await until('it is live', page.isLive);
  assert.deepEqual(page.titles(), ['kept']);
  await post('emil', 'new');
  await until('it arrives', () => page.session.inbox.shown().length === 2);
  await page.session.markAllRead();
  assert.ok(page.session.inbox.shown().every((item) => item.is_read));
  assert.deepEqual(page.heard.problems, []);
  page.session.stop();
});

test('the inbox goes by seq and revision', () => {
  const inbox = new Inbox();
  const item = (id, more) => ({ id, seq: 1, revision: 0, created_at: '2026-01-01T00:00:00Z', is_read: false, ...more });
  inbox.addPage([item('a'), item('b', { revision: 2, title: 'newer' })]);
  inbox.seq = 5;
  assert.equal(inbox.apply({ seq: 5, kind: 'created', item: item('old') }), false);
  assert.equal(inbox.apply({ seq: 6, kind: 'updated', item: item('b', { revision: 1, title: 'older' }) }), true);
  assert.equal(inbox.items.get('b').title, 'newer');
  const op = (seq, set, more) => inbox.apply({ seq, kind: 'state', item: { set, at: '2026-01-02T00:00:00Z', ...more } });
  assert.equal(op(7, 'archive', { ids: ['a'] }), true);
  assert.deepEqual(inbox.shown().map(({ id }) => id), ['b']);
  assert.ok(inbox.items.get('a').is_read && inbox.items.get('a').seen_at);
  op(8, 'unarchive', { ids: ['a'] });
  op(9, 'read', { upto_seq: 3, except: ['a'] });
  assert.ok(inbox.items.get('b').is_read);
  op(10, 'unread', { ids: ['a', 'b'] });
  assert.ok(!inbox.items.get('a').is_read && !inbox.items.get('b').is_read);
  op(11, 'snooze', { ids: ['a'], until: '2999-01-01T00:00:00Z' });
  op(12, 'delete', { ids: ['b'] });
  assert.deepEqual(inbox.shown(), []);
  op(13, 'undo', { ids: ['b'] });
  inbox.apply({ seq: 14, kind: 'recalled', item: { id: 'b', gone: true } });
  assert.deepEqual(inbox.shown(), []);
  assert.equal(inbox.apply({ seq: null, kind: 'created', item: item('now', { seq: null }) }), true); // ttl 0
  assert.equal(inbox.seq, 14);
  assert.equal(inbox.apply({ seq: 15, kind: 'something new', item: {} }), false);
});
