-- Asks wrk for the addresses of a file, each once, and says as a line of JSON what came of them.
local addresses, asked = {}, 0

function init(args)
  for address in io.lines(args[1]) do
    addresses[#addresses + 1] = address
  end
end

function request()
  asked = asked + 1
  if asked > #addresses then
    wrk.thread:stop()
  end
  return wrk.format("GET", addresses[asked] or "/healthz")
end

function done(summary)
  local lost = summary.errors
  io.write(string.format(
    '{"answers": %d, "refused": %d, "unanswered": %d, "seconds": %f}\n',
    summary.requests, lost.status, lost.connect + lost.read + lost.write + lost.timeout,
    summary.duration / 1e6))
end
