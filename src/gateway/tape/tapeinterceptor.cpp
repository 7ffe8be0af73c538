// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/tape/tapeinterceptor.h"

#include "gateway/tape/recordingwriter.h"
#include "gateway/tape/tapeplayer.h"

namespace diptych {

TapeInterceptor::TapeInterceptor(RouteTable &routes, Recordings &recordings)
    : m_routes(routes)
    , m_recordings(recordings)
{
}

Interceptor::Outcome TapeInterceptor::intercept(const Call &call)
{
    const Route *route = m_routes.find(call.model);
    if (!route || route->tape == TapeMode::Off)
        return {};
    if (route->tape == TapeMode::Replay)
        return replay(call, *route);
    const auto keep = [recordings = &m_recordings, id = route->id](const Exchange &exchange) {
        (void)recordings->add(id, exchange); // it tells of a failure itself; the client gets its answer all the same
    };
    return {.writer = std::make_unique<RecordingWriter>(call.request, call.writer, keep)};
}

Interceptor::Outcome TapeInterceptor::replay(const Call &call, const Route &route)
{
    m_routes.count(route.id, [](RouteCounters &counters) {
        ++counters.requests;
        counters.lastUsed = QDateTime::currentDateTimeUtc();
    });
    Result<Exchange> exchange =
        m_recordings.next(route.id, recordingKey(call.request.method, call.request.path(), call.request.body));
    if (!exchange) {
        m_routes.count(route.id, [&exchange](RouteCounters &counters) {
            ++counters.failed;
            counters.lastError = exchange.error().message;
        });
        return {.refusal = exchange.error()};
    }
    m_routes.count(route.id, [](RouteCounters &counters) { counters.lastError.clear(); });
    Q_EMIT replayed(call.model, *exchange);
    return {.player = std::make_unique<TapePlayer>(std::move(*exchange), route.replaySpeed, call.writer)};
}

} // namespace diptych
