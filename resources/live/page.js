// The page itself: draws what the session knows and says what was pressed. Text from the server is only ever
// set as text.
import { Session } from './session.js';

const byId = (id) => document.getElementById(id);
const [form, user, key, keep] = ['who', 'user', 'key', 'keep'].map(byId);
const [inboxPart, list, counts, nothing] = ['inbox', 'list', 'counts', 'nothing'].map(byId);
const [state, problem, news, readAll, leave] = ['state', 'problem', 'news', 'read-all', 'leave'].map(byId);

const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
let session = null;
let drawing = false;

/** One for this tab: a second tab is a second device, and does not replace this one. */
function device() {
  let name = sessionStorage.getItem('belfry.device');
  if (!name) {
    name = `live-page-${[...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(36)).join('')}`;
    sessionStorage.setItem('belfry.device', name);
  }
  return name;
}

function complain(text) {
  problem.textContent = text;
  problem.hidden = !text;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** A link of a notification; only where it leads to a web page. */
function linkTo(address, text) {
  let url;
  try {
    url = new URL(address, location.href);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  const made = element('a', '', text);
  made.href = url.href;
  made.rel = 'noopener noreferrer';
  made.target = '_blank';
  return made;
}

function rowFor(item) {
  const row = element('li', item.is_read ? '' : 'unread');
  row.dataset.id = item.id;
  row.append(element('span', 'title', item.title || item.type || 'Notification'));
  if (item.message) row.append(element('span', 'message', item.message));
  const about = element('span', 'about', [item.type, time.format(new Date(item.created_at))].filter(Boolean).join(' · '));
  const link = item.link && linkTo(item.link, 'open');
  if (link) about.append(' · ', link);
  row.append(about);
  if (!item.is_read) {
    const button = element('button', 'act', 'Mark read');
    button.type = 'button';
    button.setAttribute('aria-label', `Mark read: ${item.title || item.message || item.type}`);
    row.append(button);
  }
  return row;
}

/** Rows that did not change stay as they are: the focus and the reader's place stay with them. */
function draw() {
  drawing = false;
  if (!session) return;
  const items = session.inbox.shown();
  const old = new Map([...list.children].map((row) => [row.dataset.id, row]));
  let place = list.firstElementChild;
  for (const item of items) {
    const face = JSON.stringify([item.revision, item.is_read, item.title, item.message]);
    let row = old.get(item.id);
    old.delete(item.id);
    if (!row || row.dataset.face !== face) {
      const fresh = rowFor(item);
      fresh.dataset.face = face;
      if (row) {
        const hadFocus = row.contains(document.activeElement);
        if (place === row) place = fresh;
        row.replaceWith(fresh);
        if (hadFocus) (fresh.querySelector('button') ?? nextButton(fresh) ?? list).focus();
      } else {
        fresh.classList.add('new');
      }
      row = fresh;
    }
    if (row === place) place = place.nextElementSibling;
    else list.insertBefore(row, place);
  }
  for (const row of old.values()) row.remove();
  const unread = session.inbox.counts?.unread ?? items.filter((item) => !item.is_read).length;
  counts.textContent = `${unread} unread`;
  document.title = unread ? `(${unread}) Belfry · live` : 'Belfry · live';
  readAll.disabled = !items.some((item) => !item.is_read);
  nothing.hidden = items.length > 0;
}

function nextButton(row) {
  for (let next = row.nextElementSibling; next; next = next.nextElementSibling) {
    const button = next.querySelector('button');
    if (button) return button;
  }
  return null;
}

function drawSoon() {
  if (drawing) return;
  drawing = true;
  // Not requestAnimationFrame: a hidden tab still counts in its title.
  setTimeout(draw, 16);
}

function show(name, text) {
  state.dataset.state = name;
  state.textContent = text;
  const on = name !== 'off' && name !== 'refused';
  form.hidden = on;
  inboxPart.hidden = !on;
  if (name === 'live') complain('');
  if (!on) user.focus();
}

function begin() {
  complain('');
  list.replaceChildren();
  session = new Session({
    base: location.origin,
    user: user.value.trim(),
    key: key.value.trim(),
    device: device(),
    on: {
      state: show,
      changed: drawSoon,
      problem: complain,
      news: (item) => { news.textContent = `New: ${item.title || item.message || item.type}`; },
    },
  });
  session.start();
  list.focus();
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (keep.checked) {
    sessionStorage.setItem('belfry.user', user.value.trim());
    sessionStorage.setItem('belfry.key', key.value.trim());
  }
  begin();
});
leave.addEventListener('click', () => {
  sessionStorage.removeItem('belfry.key');
  key.value = '';
  session?.stop();
});
readAll.addEventListener('click', () => session?.markAllRead().catch((error) => complain(error.message)));
list.addEventListener('click', (event) => {
  const row = event.target.closest('button.act')?.closest('li');
  if (row) session?.markRead(row.dataset.id).catch((error) => complain(error.message));
});
window.addEventListener('online', () => session?.wake());

user.value = sessionStorage.getItem('belfry.user') ?? '';
key.value = sessionStorage.getItem('belfry.key') ?? '';
keep.checked = Boolean(key.value);
if (user.value && key.value) begin();
