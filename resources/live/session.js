// A live session for a page: connects, loads the snapshot, follows the changes, comes back when the connection
// breaks. With a key or token over `belfry.v1` and a one-use ticket, so that no credential is ever in a URL;
// without one over the legacy socket, where the server allows that (decisions H08).
import { Inbox } from './inbox.js';

const longestPause = 30_000;
const suspendAfter = 5_000;

/** What ended for good: a reconnect would meet the same. */
const finalCodes = new Map([
  [4000, 'This tab was replaced by another one of the same device.'],
  [4001, 'The server does not accept this key or token.'],
  [4003, 'This key or token does not reach this user.'],
]);

class Refused extends Error {}

export class Session {
  /** `on`: {state(name, text), changed(), news(item), problem(text)}. `world` is the browser's, or a test's. */
  constructor({ base, user, key, device, on, world = globalThis }) {
    Object.assign(this, { base, user, key, device, on, world });
    this.inbox = new Inbox();
    this.epoch = null;
    this.attempts = 0;
    this.round = 0; // whatever belongs to an earlier one is not heard
    this.ended = true;
  }

  start() {
    this.ended = false;
    this.lastTick = Date.now();
    this.ticker = this.world.setInterval(() => this.#tick(), 1000);
    this.#connect();
  }

  stop() {
    this.#end('off', 'Not connected');
  }

  /** At once, whatever the pause says: the network is back. */
  wake() {
    if (this.ended) return;
    this.attempts = 0;
    this.#drop();
    this.#connect();
  }

  async markRead(id) {
    await this.#op({ ids: [id] }, [id]);
  }

  async markAllRead() {
    const unread = this.inbox.shown().filter((item) => !item.is_read).map((item) => item.id);
    await this.#op({ upto_seq: this.inbox.seq }, unread);
  }

  async #op(target, ids) {
    if (this.key) {
      const op = { type: 'op', op_id: this.world.crypto.randomUUID(), ...target, set: 'read', at: new Date().toISOString() };
      return this.#say(op); // comes back as a change, like everybody's
    }
    for (const id of ids) {
      await this.#ask('PUT', `/api/v1/notifications/${encodeURIComponent(id)}/read`);
      const item = this.inbox.items.get(id);
      if (item) this.inbox.items.set(id, { ...item, is_read: true });
    }
    this.on.changed();
  }

  #say(message) {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(message));
    else this.on.problem('Not connected: try again in a moment.');
  }

  async #ask(method, path, body) {
    const headers = { Accept: 'application/json' };
    if (this.key) headers.Authorization = `Bearer ${this.key}`;
    if (body) headers['Content-Type'] = 'application/json';
    const answer = await this.world.fetch(new URL(path, this.base), {
      method, headers, body: body && JSON.stringify(body), credentials: 'omit', cache: 'no-store',
    });
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) return said;
    const text = said.detail || `The server answered ${answer.status}.`;
    throw [400, 401, 403, 404, 422].includes(answer.status) ? new Refused(text) : new Error(text);
  }

  #userPath(rest) {
    return `/api/v1/users/${encodeURIComponent(this.user)}/${rest}`;
  }

  async #connect() {
    const round = ++this.round;
    this.on.state('connecting', 'Connecting …');
    try {
      const socket = this.key ? await this.#openLive(round) : await this.#openPlain(round);
      if (round !== this.round) return socket?.close();
      this.socket = socket;
    } catch (error) {
      if (round !== this.round) return;
      if (error instanceof Refused) {
        this.on.problem(error.message);
        return this.#end('refused', 'Refused');
      }
      this.#pause(error.message);
    }
  }

  #socketAt(path, protocol) {
    const url = new URL(path, this.base);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    return new this.world.WebSocket(url, protocol);
  }

  async #openLive(round) {
    const { data } = await this.#ask('POST', this.#userPath('tickets'));
    if (round !== this.round) return null;
    const socket = this.#socketAt(`/ws?ticket=${encodeURIComponent(data.ticket)}`, ['belfry.v1']);
    const resume = this.epoch ? { epoch: this.epoch, since: this.inbox.seq } : {};
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', device_id: this.device, caps: [], ...resume }));
    this.#listen(socket, round, (message) => this.#heard(message, round));
    return socket;
  }

  async #openPlain(round) {
    const list = await this.#ask('GET', `/api/v1/notifications/${encodeURIComponent(this.user)}?limit=500`);
    if (round !== this.round) return null;
    this.inbox.clear();
    this.inbox.addPage(list.data);
    const head = list.data.reduce((most, item) => Math.max(most, item.seq ?? 0), 0);
    const socket = this.#socketAt(`/ws/${encodeURIComponent(this.user)}${head ? `?since=${head}` : ''}`);
    socket.onopen = () => this.#live();
    this.#listen(socket, round, (message) => this.#heardPlain(message));
    return socket;
  }

  #listen(socket, round, heard) {
    socket.onmessage = ({ data }) => {
      if (round !== this.round) return;
      let message;
      try {
        message = JSON.parse(data);
      } catch {
        return this.on.problem('The server said something that is not JSON.');
      }
      heard(message);
    };
    socket.onclose = ({ code, reason }) => {
      if (round !== this.round || this.ended) return;
      const final = finalCodes.get(code);
      if (!final) return this.#pause(reason || 'The connection broke.');
      this.on.problem(final);
      this.#end('refused', 'Refused');
    };
  }

  #heard(message, round) {
    switch (message.type) {
      case 'welcome': return this.#welcomed(message, round);
      case 'batch': return this.#changes(message.items);
      case 'ev': return this.#changes([message]);
      case 'live': return this.loading || this.#live();
      case 'counts':
        this.inbox.counts = message;
        return this.on.changed();
      case 'error': return this.on.problem(message.problem?.detail ?? 'The server refused that.');
      case 'bye':
        this.comeBackIn = message.reconnect_after_ms;
        return undefined;
      default: return undefined; // of a newer server
    }
  }

  /** A plain frame is the notification itself, without its life. */
  #heardPlain(frame) {
    if (frame.id === undefined) return;
    const item = { id: frame.id, seq: frame.seq, type: frame.event, title: '', message: frame.message,
      created_at: new Date().toISOString(), is_read: true, revision: 0 };
    this.#changes([{ seq: frame.seq, kind: 'created', item }]);
  }

  #welcomed({ epoch, head, mode }, round) {
    this.epoch = epoch;
    if (mode === 'resume') return;
    this.loading = true;
    this.queue = [];
    this.#load(head, round).catch((error) => {
      if (round !== this.round) return;
      this.#drop();
      this.epoch = null;
      this.#pause(error.message);
    });
  }

  /** The first page's seq counts (H23): what happened after it is in the queue. */
  async #load(head, round) {
    const pages = [];
    let cursor = '';
    do {
      const { data } = await this.#ask('GET', this.#userPath(`inbox/snapshot${cursor && `?cursor=${encodeURIComponent(cursor)}`}`));
      if (round !== this.round) return;
      pages.push(data);
      cursor = data.next_cursor;
    } while (cursor);
    this.inbox.clear();
    for (const page of pages) this.inbox.addPage(page.items);
    this.inbox.seq = Math.min(pages[0].seq, head);
    this.inbox.counts = pages[0];
    this.loading = false;
    this.#changes(this.queue);
    this.#live();
  }

  #changes(changes) {
    if (this.loading) return this.queue.push(...changes);
    for (const change of changes) {
      const known = this.inbox.items.has(change.item?.id);
      if (this.inbox.apply(change) && change.kind === 'created' && !known && !change.item.gone) this.on.news(change.item);
    }
    this.#ackSoon();
    return this.on.changed();
  }

  /** One for all that came together. */
  #ackSoon() {
    if (!this.key || this.acking) return;
    this.acking = this.world.setTimeout(() => {
      this.acking = null;
      if (this.socket?.readyState === 1) this.#say({ type: 'ack', seq: this.inbox.seq });
    }, 200);
  }

  #live() {
    this.attempts = 0;
    this.on.state('live', 'Live');
    this.on.changed();
  }

  #pause(why) {
    this.#drop();
    this.attempts += 1;
    const most = Math.min(longestPause, 500 * 2 ** this.attempts);
    const wait = this.comeBackIn ?? 500 + Math.random() * (most - 500); // all at once would be a storm
    this.comeBackIn = null;
    this.on.state('waiting', `Disconnected, next try in ${Math.ceil(wait / 1000)} s (${why})`);
    this.timer = this.world.setTimeout(() => this.#connect(), wait);
  }

  /** A clock that jumped: the machine slept, and the connection is dead without a word. */
  #tick() {
    const slept = Date.now() - this.lastTick > suspendAfter;
    this.lastTick = Date.now();
    if (slept) this.wake();
  }

  #drop() {
    this.round += 1;
    this.loading = false;
    this.world.clearTimeout(this.timer);
    this.world.clearTimeout(this.acking);
    this.acking = null;
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  #end(state, text) {
    this.ended = true;
    this.world.clearInterval(this.ticker);
    this.#drop();
    this.on.state(state, text);
  }
}
