// As much of a browser's WebSocket as the page uses: Node has none before version 22.
import { randomBytes } from 'node:crypto';
import http from 'node:http';

export class WebSocket {
  constructor(url, protocols = []) {
    this.readyState = 0;
    this.bytes = Buffer.alloc(0);
    const request = http.request({
      host: url.hostname, port: url.port, path: url.pathname + url.search,
      headers: { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', Origin: `http://${url.host}`,
        'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
        ...(protocols.length ? { 'Sec-WebSocket-Protocol': protocols.join(', ') } : {}) },
    });
    request.on('upgrade', (_, socket, head) => this.#opened(socket, head));
    request.on('response', (answer) => {
      answer.resume();
      this.#closed(1006, '');
    });
    request.on('error', () => this.#closed(1006, ''));
    request.end();
  }

  send(text) {
    this.#frame(1, Buffer.from(text));
  }

  close() {
    if (this.socket) this.socket.end();
    this.#closed(1000, '');
  }

  /** A network that vanishes. */
  cut() {
    this.socket.destroy();
  }

  #opened(socket, head) {
    this.socket = socket;
    this.readyState = 1;
    socket.on('data', (bytes) => this.#read(bytes));
    socket.on('close', () => this.#closed(1006, ''));
    socket.on('error', () => this.#closed(1006, ''));
    this.onopen?.();
    if (head.length) this.#read(head);
  }

  #closed(code, reason) {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }

  #frame(opcode, payload) {
    const length = payload.length < 126 ? Buffer.from([0x80 | payload.length])
      : Buffer.from([0x80 | 126, payload.length >> 8, payload.length & 255]);
    const mask = randomBytes(4);
    this.socket.write(Buffer.concat([Buffer.from([0x80 | opcode]), length, mask, payload.map((b, i) => b ^ mask[i % 4])]));
  }

  #read(bytes) {
    this.bytes = Buffer.concat([this.bytes, bytes]);
    for (;;) {
      if (this.bytes.length < 2) return;
      let size = this.bytes[1] & 127;
      let from = 2;
      if (size === 126) [size, from] = [this.bytes.length < 4 ? Infinity : this.bytes.readUInt16BE(2), 4];
      else if (size === 127) [size, from] = [this.bytes.length < 10 ? Infinity : Number(this.bytes.readBigUInt64BE(2)), 10];
      if (this.bytes.length < from + size) return;
      const opcode = this.bytes[0] & 15;
      const payload = this.bytes.subarray(from, from + size);
      this.bytes = this.bytes.subarray(from + size);
      if (opcode === 1) this.onmessage?.({ data: payload.toString() });
      else if (opcode === 9) this.#frame(10, Buffer.from(payload));
      else if (opcode === 8) this.#closed(payload.length > 1 ? payload.readUInt16BE(0) : 1005, payload.subarray(2).toString());
    }
  }
}
