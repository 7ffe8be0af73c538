// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dump.h"
#include "golden.h"

#include "providers/common/encodingoptions.h"
#include "providers/common/streamframing.h"

#include <QJsonArray>
#include <QJsonObject>

#include <functional>

namespace diptych::test {

/// The member `options` of a request golden.
[[nodiscard]] EncodingOptions optionsOf(const QJsonObject &json);

/// A table of `path` for QTest with the files of a folder that end so; outputs are left out.
void addGoldens(const QString &folder, const QString &suffix);

using EncodeGolden =
    std::function<Result<BodyEncoder>(const QString &kind, const QJsonObject &request, const EncodingOptions &options)>;

/// Encodes `{kind, request, options}` of name.in.json and compares body, headers and change log with name.out.json.
/// Empty: equal.
[[nodiscard]] QString requestDifference(const QString &path, const EncodeGolden &encode);

using ReadGolden = std::function<QJsonObject(QByteArrayView first, QByteArrayView second)>;

/// Compares what is read from a recorded stream with its golden, then cuts the stream at every byte and expects the
/// same. Empty: equal.
[[nodiscard]] QString streamDifference(const QString &path, const ReadGolden &read);

/// Compares what was read from a whole answer with its golden. Empty: equal.
[[nodiscard]] QString wholeDifference(const QString &path, const QJsonObject &actual);

/// What a decoder makes of a stream that arrived in two pieces.
template <typename Decoder, typename Framing>
QJsonObject readStream(QByteArrayView first, QByteArrayView second)
{
    Framing framing;
    StreamFrame frame;
    Decoder decoder;
    QJsonArray deltas;
    QJsonObject result;
    const auto add = [&deltas](auto pieces) {
        for (const auto &delta : pieces)
            deltas.append(dump(delta));
    };
    const auto take = [&] {
        if (!frame.error.isEmpty())
            result.insert(u"errorFrame", QString::fromUtf8(frame.error));
        else if (frame.data.isEmpty() || Framing::isEndMark(frame.data))
            return;
        else if (const auto pieces = decoder.decodeChunk(frame.data))
            add(*pieces);
        else
            result.insert(u"error", dump(pieces.error()));
    };
    for (const QByteArrayView bytes : {first, second}) {
        framing.feed(bytes);
        while (framing.next(frame))
            take();
    }
    if (framing.last(frame))
        take();
    add(decoder.finish());
    result.insert(u"deltas", deltas);
    result.insert(u"isComplete", decoder.isComplete());
    return result;
}

/// A value or its error, dumped.
template <typename Value>
QJsonObject dumpResult(const Result<Value> &result)
{
    return result ? dump(*result) : QJsonObject {{QStringLiteral("error"), dump(result.error())}};
}

} // namespace diptych::test
