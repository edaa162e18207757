#!/usr/bin/env bash
# What an author and an operator do, step by step and by the docs alone: the plugin is copied out of this repository,
# installed, tested, verified and packed in a folder of its own; then its archive is added to a Parley, which is asked
# about the weather. The last line says what came. Needs curl and what `npm ci` installed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export PATH="$root/node_modules/.bin:$PATH"
work=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi; rm -rf "$work"' EXIT

echo "1. Parley's packages, as a registry would have them"
packages=${PARLEY_PACKAGES:-$root/.parley/packages}
[ -n "${PARLEY_PACKAGES:-}" ] || (cd "$root" && npm run -s pack)

echo "2. The author: install, test, verify, pack"
cp -R "$here" "$work/weather"
cd "$work/weather"
rm -rf node_modules dist
npm install --no-save --prefer-offline --no-audit --no-fund --loglevel=error "$packages"/*.tgz
(
  # Only what the author has installed, and not the tools of this repository.
  export PATH="$work/weather/node_modules/.bin:/usr/local/bin:/usr/bin:/bin" HOME="$work"
  npm test --silent >"$work/test.log" 2>&1 || { cat "$work/test.log"; exit 1; }
  grep -E '^. (tests|pass|fail)' "$work/test.log"
  npm run --silent verify | tail -2
  npm pack --silent
)

echo "3. The operator: add the archive, with everything it asks for, and start"
mkdir "$work/operator"
cd "$work/operator"
export PATH="$work/weather/node_modules/.bin:$PATH"
parley plugin add "$work"/weather/*.tgz --data "$work/data" --yes
PARLEY_DATA="$work/data" PARLEY_PORT=0 parley start >"$work/server.log" 2>&1 &
server=$!
url=
for _ in $(seq 1 300); do
  url=$(grep -oE 'ready at http://127\.0\.0\.1:[0-9]+' "$work/server.log" | grep -oE 'http.*' || true)
  [ -n "$url" ] && break
  kill -0 "$server" 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
  sleep 0.1
done
[ -n "$url" ] || { cat "$work/server.log" >&2; exit 1; }

echo "4. A person: sign up, ask about the weather"
field() { node -e 'let s="";process.stdin.on("data",(c)=>(s+=c)).on("end",()=>{const v=JSON.parse(s)[process.argv[1]];if(v===undefined){console.error(s);process.exit(1)}console.log(v)})' "$1"; }
token=$(curl -sS "$url/api/auth/register" -H 'content-type: application/json' \
  -d '{"email":"ada@example.com","name":"Ada","password":"quiet-otter-over-the-weir"}' | field accessToken)
stream=$(curl -sS "$url/api/agents/chat" -H "authorization: Bearer $token" -H 'content-type: application/json' \
  -H "idempotency-key: $(node -p 'crypto.randomUUID()')" \
  -d '{"model":"demo/echo","parts":[{"type":"text","text":"How is the weather in Oslo?"}]}' | field streamId)
curl -sSN "$url/api/agents/chat/stream/$stream" -H "authorization: Bearer $token" >"$work/stream"
curl -sS "$url/api/ui/manifest" -H "authorization: Bearer $token" >"$work/manifest"

node -e '
  const read = (name) => require("node:fs").readFileSync(`${process.argv[1]}/${name}`, "utf8");
  const events = read("stream").split("\n").filter((line) => line.startsWith("data: ")).map((line) => JSON.parse(line.slice(6)));
  const card = events.find(({ type, part }) => type === "part-start" && part.type === "x.weather.report")?.part.data;
  const { plugins, contributions } = JSON.parse(read("manifest"));
  const entry = plugins.find(({ id }) => id === "weather")?.entry;
  const drawn = contributions.some(({ pluginId, slot, key }) => pluginId === "weather" && slot === "message.part" && key === "x.weather.report");
  if (!card || !entry || !drawn) { console.error({ card, entry, drawn, last: events.at(-1) }); process.exit(1); }
  fetch(`${process.argv[2]}${entry}`).then((reply) => {
    if (!reply.ok) throw new Error(`${entry}: status ${reply.status}`);
    console.log(`weather: ${card.sky} in ${card.place}, ${card.temperature} degrees, drawn by the plugin`);
  });
' "$work" "$url"
