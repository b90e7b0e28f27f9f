// A durable chat as it is usually built on Socket.IO: insert, then emit. Membership is known from
// the rooms that a socket was put into when it came; a message is numbered and kept by one
// statement, and everybody is told after its commit. Settings come by environment variables.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { Server } from 'socket.io';

const { DATABASE_URL, PORT, SECRET } = process.env;

const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });

/** The user that a token (HS256, RFC 7519) names. */
function userOf(token) {
  const [header, payload, signature] = String(token).split('.');
  const wanted = createHmac('sha256', SECRET).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature ?? '', 'base64url');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw new Error('unauthorized');
  }
  const { alg } = JSON.parse(Buffer.from(header, 'base64url'));
  const { sub, exp } = JSON.parse(Buffer.from(payload, 'base64url'));
  if (alg !== 'HS256' || !(exp * 1000 > Date.now())) {
    throw new Error('unauthorized');
  }
  return sub;
}

async function conversationsOf(user) {
  const { rows } = await pool.query({
    name: 'conversations',
    text: `SELECT c.id, c.head::int AS head FROM member m JOIN conversation c ON c.id = m.conversation
           WHERE m.account = $1`,
    values: [user],
  });
  return rows;
}

async function append(conversation, from, at, key, body) {
  const { rows } = await pool.query({
    name: 'append',
    text: `WITH numbered AS (
             UPDATE conversation SET head = head + 1 WHERE id = $1 RETURNING head)
           INSERT INTO message (conversation, seq, author, at, key, body)
           SELECT $1, head, $2, $3, $4, $5 FROM numbered RETURNING seq::int AS seq`,
    values: [conversation, from, at, key, body],
  });
  return rows[0].seq;
}

// Messages of one conversation go one after the other: they would wait for its row's lock anyway,
// and answers on several connections may be read in another order than that of their numbers.
const tails = new Map();
function inTurn(conversation, work) {
  const turn = (tails.get(conversation) ?? Promise.resolve()).then(work, work);
  tails.set(conversation, turn);
  const done = () => tails.get(conversation) === turn && tails.delete(conversation);
  turn.then(done, done);
  return turn;
}

const http = createServer();
const io = new Server(http, {
  transports: ['websocket'],
  perMessageDeflate: false,
  httpCompression: false,
  serveClient: false,
});
// As its documentation advises to save memory: the first request of each socket is not kept.
io.engine.on('connection', (socket) => {
  socket.request = null;
});

io.use(async (socket, next) => {
  try {
    socket.data.user = userOf(socket.handshake.auth.token);
    socket.data.conversations = await conversationsOf(socket.data.user);
    next();
  } catch (e) {
    next(e);
  }
});

io.on('connection', (socket) => {
  const { user, conversations } = socket.data;
  delete socket.data.conversations;
  socket.join(conversations.map(({ id }) => id));
  socket.emit('hello', { conversations });

  socket.on('send', async ({ conversation, key, body }, answer) => {
    if (!socket.rooms.has(conversation)) {
      answer({ error: 'not_member' });
      return;
    }
    try {
      const seq = await inTurn(conversation, async () => {
        const at = Date.now();
        const number = await append(conversation, user, at, key, body);
        const message = { ev: 'message', conversation, seq: number, from: user, at, key, body };
        io.to(conversation).emit('message', message);
        return number;
      });
      answer({ ok: seq });
    } catch (e) {
      console.error(e);
      answer({ error: 'internal' });
    }
  });
});

http.listen(Number(PORT), '127.0.0.1', 4096, () => console.log('socket.io is ready'));
process.on('SIGTERM', () => process.exit(0));
