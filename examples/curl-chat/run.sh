#!/usr/bin/env bash
# Starts a Parley of its own on a free port, signs up, sends a message to the demo model with curl, reads the stream to
# its end and prints the answer as the last line. Needs curl and what `npm ci` installed, nothing else.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export PATH="$root/node_modules/.bin:$PATH"
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

PARLEY_DATA="$work/data" PARLEY_PORT=0 parley start --no-web >"$work/server.log" 2>&1 &
server=$!
url=
for _ in $(seq 1 100); do
  url=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$work/server.log" | head -1 || true)
  [ -n "$url" ] && break
  kill -0 "$server" 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
  sleep 0.1
done
[ -n "$url" ] || { cat "$work/server.log" >&2; exit 1; }
echo "Parley runs at $url"

# The value of a text field in a JSON reply.
field() { node -e 'let s="";process.stdin.on("data",(c)=>(s+=c)).on("end",()=>{const v=JSON.parse(s)[process.argv[1]];if(v===undefined){console.error(s);process.exit(1)}console.log(v)})' "$1"; }
uuid() { node -p 'crypto.randomUUID()'; }

token=$(curl -sS "$url/api/auth/register" -H 'content-type: application/json' \
  -d '{"email":"ada@example.com","name":"Ada","password":"quiet-otter-over-the-weir"}' | field accessToken)
echo "Signed up"

stream=$(curl -sS "$url/api/agents/chat" -H "authorization: Bearer $token" -H 'content-type: application/json' \
  -H "idempotency-key: $(uuid)" -d '{"model":"demo/echo","parts":[{"type":"text","text":"Hello from curl"}]}' | field streamId)
echo "Run $stream"

curl -sSN "$url/api/agents/chat/stream/$stream" -H "authorization: Bearer $token" >"$work/stream"
grep -q '^event: run-end' "$work/stream" || { echo "the stream has no run-end" >&2; cat "$work/stream" >&2; exit 1; }

# The answer is the text of all its deltas.
node -e '
  const events = require("node:fs").readFileSync(process.argv[1], "utf8").split("\n").filter((line) => line.startsWith("data: ")).map((line) => JSON.parse(line.slice(6)));
  const end = events.at(-1);
  if (end.type !== "run-end" || end.state !== "completed") { console.error(end); process.exit(1); }
  console.log(events.filter((event) => event.type === "part-delta").map((event) => event.text).join(""));
' "$work/stream"
