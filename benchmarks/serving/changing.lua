-- What wrk asks: the requests of a file in turn, each changed a little, so that none comes twice.
--
-- The file holds whole requests with \1 between them, and \2 where fourteen digits are to be put.
-- At the end the figures are written as one line of JSON.

local threads = 0
local requests = {}
local asked = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(arguments)
  math.randomseed(number + 1)
  local file = assert(io.open(arguments[1], "rb"))
  for whole in file:read("*a"):gmatch("[^\1]+") do
    local pieces = {}
    for piece in (whole .. "\2"):gmatch("([^\2]*)\2") do
      pieces[#pieces + 1] = piece
    end
    requests[#requests + 1] = pieces
  end
  file:close()
end

function request()
  asked = asked + 1
  local pieces = requests[asked % #requests + 1]
  local parts = { pieces[1] }
  for at = 2, #pieces do
    local digits = string.format("%06d%02d%06d", math.random(0, 999999), number, asked % 1000000)
    parts[#parts + 1] = digits
    parts[#parts + 1] = pieces[at]
  end
  return table.concat(parts)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"seconds": %.6f, "answered": %d, "refused": %d, "broken": %d, "milliseconds": [%.4f, %.4f, %.4f]}\n',
    summary.duration / 1e6, summary.requests, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000))
end
