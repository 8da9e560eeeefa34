// What a user's inbox holds, from a snapshot and the changes after it (docs/semantics.md 3 and 16). Pure: no
// network, no page.

/** Newest first; changes below the position are old news and change nothing. */
export class Inbox {
  constructor() {
    this.clear();
  }

  clear() {
    this.items = new Map();
    this.seq = 0;
    this.counts = null;
  }

  /** One page of a snapshot. Items that are newer already stay: the revision decides. */
  addPage(items) {
    for (const item of items) this.#put(item);
  }

  /** `{seq, kind, item}`, as in `ev` and in `batch`. True when something may look different now. */
  apply(change) {
    if (change.seq !== null) {
      if (change.seq <= this.seq) return false;
      this.seq = change.seq;
    }
    const item = change.item;
    switch (change.kind) {
      case 'created':
      case 'updated':
        if (item.gone) this.items.delete(item.id);
        else this.#put(item);
        return true;
      case 'state':
        return this.#applyOp(item);
      case 'expired':
      case 'recalled':
        return this.items.delete(item.id);
      default:
        return false; // alerts, preferences, what a newer server says
    }
  }

  /** Those that belong into the list now. */
  shown(now = Date.now()) {
    const isActive = (item) => !item.archived_at && !item.deleted_at &&
      !(item.snoozed_until && Date.parse(item.snoozed_until) > now) &&
      !(item.expires_at && Date.parse(item.expires_at) <= now);
    return [...this.items.values()].filter(isActive)
      .sort((a, b) => (a.created_at < b.created_at ? 1 : a.created_at > b.created_at ? -1 : (b.seq ?? 0) - (a.seq ?? 0)));
  }

  #put(item) {
    const known = this.items.get(item.id);
    if (!known || (item.revision ?? 0) >= (known.revision ?? 0)) this.items.set(item.id, item);
  }

  #applyOp(op) {
    const except = new Set(op.except ?? []);
    const isMeant = (item) => (op.ids ? op.ids.includes(item.id) : item.seq !== null && item.seq <= op.upto_seq) &&
      !except.has(item.id);
    let touched = false;
    for (const item of this.items.values()) {
      if (!isMeant(item)) continue;
      this.items.set(item.id, afterOp(item, op));
      touched = true;
    }
    return touched;
  }
}

/** Semantics 1: read includes seen, acked includes read, archived includes read. */
function afterOp(item, op) {
  const at = op.at;
  const seen = { seen_at: item.seen_at ?? at };
  const read = { ...seen, read_at: item.read_at ?? at, is_read: true };
  switch (op.set) {
    case 'seen': return { ...item, ...seen };
    case 'read': return { ...item, ...read };
    case 'unread': return { ...item, read_at: null, is_read: false };
    case 'ack': return { ...item, ...read, acked_at: item.acked_at ?? at };
    case 'archive': return { ...item, ...read, archived_at: at };
    case 'unarchive': return { ...item, archived_at: null };
    case 'snooze': return { ...item, snoozed_until: op.until };
    case 'unsnooze': return { ...item, snoozed_until: null };
    case 'click': return { ...item, ...seen, clicked_at: at };
    case 'delete': return { ...item, deleted_at: at };
    case 'undo': return { ...item, deleted_at: null };
    default: return item;
  }
}
