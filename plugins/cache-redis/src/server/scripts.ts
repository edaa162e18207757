import type { Redis } from 'ioredis';

/** Adds to a counter. Keys: value. Arguments: by, time to live or ''. Gives the sum, or nothing where a text is. */
const INCREMENT = `
local value = redis.call('GET', KEYS[1])
if value and (not (value == '0' or string.find(value, '^%-?[1-9]%d*$')) or math.abs(tonumber(value)) > 9007199254740991) then
  return false
end
local sum = redis.call('INCRBY', KEYS[1], ARGV[1])
if not value and ARGV[2] ~= '' then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return string.format('%.0f', sum)
`;

/**
 * Takes from a limit. Keys: pieces. Arguments: limit, window, cost, pieces of a window. Stored are the pieces, the oldest
 * first, each as first and last time and count. Gives whether it was allowed, what is left, and the wait.
 */
const TAKE = `
local limit, window, cost, parts = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local pieces, used = {}, 0
for first, last, count in string.gmatch(redis.call('GET', KEYS[1]) or '', '(%d+),(%d+),(%d+);') do
  if last + window > now then
    pieces[#pieces + 1] = { tonumber(first), tonumber(last), tonumber(count) }
    used = used + count
  end
end
local allowed = used + cost <= limit
if allowed then
  local newest = pieces[#pieces]
  if newest and now - newest[1] < window / parts then
    newest[2] = math.max(newest[2], now)
    newest[3] = newest[3] + cost
  else
    pieces[#pieces + 1] = { now, now, cost }
  end
  used = used + cost
  local text = {}
  for index, piece in ipairs(pieces) do
    text[index] = string.format('%.0f,%.0f,%.0f;', piece[1], piece[2], piece[3])
  end
  redis.call('SET', KEYS[1], table.concat(text), 'PX', string.format('%.0f', pieces[#pieces][2] + window - now))
end
local open, wait = used + cost - limit, 0
for _, piece in ipairs(pieces) do
  if open <= 0 then break end
  open = open - piece[3]
  wait = piece[2] + window - now
end
return { allowed and 1 or 0, string.format('%.0f', math.max(0, limit - used)), string.format('%.0f', wait) }
`;

/**
 * Takes a lock. Keys: lock, fences. Arguments: time to live, the greatest fence the node knows. Gives its fence, greater
 * than every one before it even where Redis has lost them, or nothing when it is held.
 */
const LOCK = `
if redis.call('EXISTS', KEYS[1]) == 1 then return false end
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local last = math.max(tonumber(redis.call('GET', KEYS[2]) or '0'), tonumber(ARGV[2]))
local fence = string.format('%.0f', math.max(last + 1, now))
redis.call('SET', KEYS[2], fence)
redis.call('SET', KEYS[1], fence, 'PX', ARGV[1])
return fence
`;

/** Extends a lock. Keys: lock. Arguments: fence, time to live. */
const EXTEND = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`;

/** Releases a lock. Keys: lock. Arguments: fence. */
const RELEASE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`;

/** What runs on the server in one step, as ioredis takes it. */
export const scripts = {
  parleyIncrement: { lua: INCREMENT, numberOfKeys: 1 },
  parleyTake: { lua: TAKE, numberOfKeys: 1 },
  parleyLock: { lua: LOCK, numberOfKeys: 2 },
  parleyExtend: { lua: EXTEND, numberOfKeys: 1 },
  parleyRelease: { lua: RELEASE, numberOfKeys: 1 },
};

/** A connection that knows the scripts. */
export interface ScriptedRedis extends Redis {
  parleyIncrement(key: string, by: number, ttlMs: number | ''): Promise<string | null>;
  parleyTake(
    key: string,
    limit: number,
    windowMs: number,
    cost: number,
    pieces: number,
  ): Promise<[allowed: number, remaining: string, resetMs: string]>;
  parleyLock(lockKey: string, fencesKey: string, ttlMs: number, floor: number): Promise<string | null>;
  parleyExtend(lockKey: string, fence: number, ttlMs: number): Promise<number>;
  parleyRelease(lockKey: string, fence: number): Promise<number>;
}
