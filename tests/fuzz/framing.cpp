// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzztargets.h"

#include "providers/common/streamframing.h"

#include <QtGlobal>

#include <tuple>
#include <vector>

namespace diptych::fuzz {

namespace {

using Frame = std::tuple<QByteArray, QByteArray, qint64>;

/// The frames of a stream that comes in pieces of at most `piece` bytes.
template <typename Framing>
std::vector<Frame> framesOf(QByteArrayView input, qsizetype piece)
{
    Framing framing;
    StreamFrame frame;
    std::vector<Frame> frames;
    const auto take = [&] {
        Q_ASSERT(frame.offset >= 0 && frame.size >= 0);
        frames.emplace_back(frame.data, frame.error, frame.offset);
    };
    for (qsizetype at = 0; at < input.size(); at += piece) {
        framing.feed(input.sliced(at, std::min(piece, input.size() - at)));
        while (framing.next(frame))
            take();
    }
    if (framing.last(frame))
        take();
    return frames;
}

/// However the bytes were cut, the frames are the same.
template <typename Framing>
void check(QByteArrayView input)
{
    const std::vector<Frame> whole = framesOf<Framing>(input, std::max<qsizetype>(1, input.size()));
    Q_ASSERT(framesOf<Framing>(input, 1) == whole);
    Q_ASSERT(framesOf<Framing>(input, 7) == whole);
}

} // namespace

void runSse(QByteArrayView input)
{
    check<SseFraming>(input);
}

void runNdjson(QByteArrayView input)
{
    check<NdjsonFraming>(input);
}

} // namespace diptych::fuzz
